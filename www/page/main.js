import { showFatal } from "./views/notice.js";

import("./app.js").catch(showFatal);
