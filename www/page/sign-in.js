import { showFatal } from "./views/notice.js";

import("./sign-in/app.js").catch(showFatal);
