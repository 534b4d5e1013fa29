import { Alert, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useWords } from "../base/words";
import { journeysWords } from "./journeysWords";

/** What is to be noted about the question: names in it that nothing has. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  const words = useWords(journeysWords);
  const told = notes.filter((note) => note !== "");
  if (told.length === 0) return null;
  return (
    <Alert variant="light" color="gray" icon={<IconInfoCircle />} title={words.notes} p="sm">
      {told.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
    </Alert>
  );
}
