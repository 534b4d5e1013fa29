import classes from "./Above.module.css";

/** Where menus, lists and windows of a page are put: inside of its `main`, so that who goes from landmark to landmark finds them. */
export function Above() {
  return <div data-above className={classes.above} />;
}
