import "../views/wire.js";
