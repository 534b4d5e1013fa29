import { IconSitemap } from "@tabler/icons-react";
import { Link } from "react-router";
import { useWords } from "../../../base/words";
import { useLibrary } from "../../asking";
import { editorWords } from "../editorWords";
import classes from "./Grid.module.css";

/** At a step that another map shows in detail: opens that map, or says that it is gone. */
export function DetailLink({ map }: { readonly map: string }) {
  const words = useWords(editorWords);
  const library = useLibrary().data;
  const card = library?.maps.find((each) => each.id === map);
  if (library !== undefined && card === undefined) {
    return (
      <span className={classes.mark} title={words.isGone(map)} role="img" aria-label={words.isGone(map)}>
        <IconSitemap size={12} stroke={1} aria-hidden />
      </span>
    );
  }
  const label = words.opensDetail(card?.title ?? map);
  return (
    <Link
      to={`/maps/${map}`}
      className={`${classes.mark} ${classes.detail}`}
      title={label}
      aria-label={label}
      tabIndex={-1}
    >
      <IconSitemap size={13} aria-hidden />
    </Link>
  );
}
