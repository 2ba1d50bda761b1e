import { showFatal } from "./views/notice.js";

import("./kumite/app.js").catch(showFatal);
