import { showFatal } from "./views/notice.js";

import("./toornament/app.js").catch(showFatal);
