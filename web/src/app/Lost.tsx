import { Anchor } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { Link } from "react-router";
import { Empty } from "../base/states/Empty";
import { useWords } from "../base/words";
import { appWords } from "./appWords";

/** An address that has no page. */
export function Lost() {
  const words = useWords(appWords);
  return (
    <Empty order={1} icon={<IconMapQuestion size={40} stroke={1.2} />} title={words.lost}>
      {words.lostHint}{" "}
      <Anchor component={Link} to="/" underline="always">
        {words.toHome}
      </Anchor>
    </Empty>
  );
}
