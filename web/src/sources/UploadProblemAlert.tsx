import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import type { UploadProblem } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { sourcesWords } from "./sourcesWords";

/** Why the last step did not work: cancelled, interrupted by a restart, or something about the file. */
export function UploadProblemAlert({ problem }: { readonly problem: UploadProblem }) {
  const words = useWords(sourcesWords);
  if (problem.code === "upload.cancelled") {
    return (
      <Alert variant="light" color="gray" icon={<IconInfoCircle />} title={words.cancelled}>
        {words.cancelledHint}
      </Alert>
    );
  }
  if (problem.code === "upload.interrupted") {
    return (
      <Alert variant="light" color="orange" icon={<IconAlertTriangle />} title={words.interrupted}>
        {words.interruptedHint}
      </Alert>
    );
  }
  return (
    <Alert role="alert" variant="light" color="red" icon={<IconAlertTriangle />} title={words.problemTitle}>
      <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {problem.message}
      </Text>
      {problem.hint != null && (
        <Text size="sm" c="dimmed">
          {problem.hint}
        </Text>
      )}
    </Alert>
  );
}
