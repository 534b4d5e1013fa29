import { Anchor } from "@mantine/core";
import { IconSearchOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { useMay } from "../../base/me";
import { Empty } from "../../base/states/Empty";
import { useWords } from "../../base/words";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";

const RESTRICTING = ["period", "segment", "not_segment", "where", "channels", "journey"] as const;

/** Whether an address restricts what is looked at, so that widening it may help. */
export function isRestricted(params: URLSearchParams): boolean {
  return RESTRICTING.some((name) => (params.get(name) ?? "") !== "");
}

/** That an answer has nothing in it, and what helps: to widen what is looked at, or which kind of data is missing. */
export function Nothing({ explore }: { readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const mayImport = useMay("change_data");
  const missing = words.missingData[explore.question];
  const restricted = isRestricted(explore.params);
  return (
    <Empty icon={<IconSearchOff size={34} stroke={1.4} />} title={words.nothing}>
      {[restricted ? words.nothingHelp : undefined, missing ?? (restricted ? undefined : words.nothingAtAll)]
        .filter((each) => each !== undefined)
        .join(" ")}
      {missing !== undefined && mayImport && (
        <>
          {" "}
          <Anchor component={Link} to="/data/import" inherit>
            {words.toImport}
          </Anchor>
        </>
      )}
    </Empty>
  );
}
