import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { useWords } from "../base/words";
import { improveWords } from "./improveWords";

/** Where maps are made. */
export function ToMaps() {
  const words = useWords(improveWords);
  return (
    <Anchor component={Link} to="/maps">
      {words.openMaps}
    </Anchor>
  );
}
