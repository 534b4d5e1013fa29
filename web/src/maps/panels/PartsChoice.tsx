import { Checkbox, Stack } from "@mantine/core";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";

const PARTS = ["measured", "comments", "personas", "below", "downloads"] as const;
type Part = (typeof PARTS)[number];
const LABELS = {
  measured: "shareMeasured",
  comments: "shareComments",
  personas: "sharePersonas",
  below: "shareBelow",
  downloads: "shareDownloads",
} as const satisfies Record<Part, string>;

/** As it is sent: each part, and whether it is shown. */
export function shownParts(chosen: readonly string[]): Readonly<Record<Part, boolean>> {
  const shows = (part: Part): boolean => chosen.includes(part);
  return {
    measured: shows("measured"),
    comments: shows("comments"),
    personas: shows("personas"),
    below: shows("below"),
    downloads: shows("downloads"),
  };
}

interface PartsChoiceProps {
  readonly parts: readonly string[];
  readonly onParts: (parts: readonly string[]) => void;
}

/** What a link shows beside the drawing, or in it. */
export function PartsChoice({ parts, onParts }: PartsChoiceProps) {
  const words = useWords(mapsWords);
  return (
    <Checkbox.Group label={words.shareParts} value={[...parts]} onChange={onParts}>
      <Stack gap="xs" mt={6}>
        {PARTS.map((each) => (
          <Checkbox key={each} value={each} label={words[LABELS[each]]} description={words[`${LABELS[each]}Hint`]} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
