// VitePress's own theme, in the demo's typeface, which comes along.
import Theme from "vitepress/theme-without-fonts";
import "./style.css";

export default Theme;
