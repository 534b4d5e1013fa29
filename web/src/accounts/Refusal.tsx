import { Alert, Text } from "@mantine/core";
import { ApiError } from "../base/api/errors";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";

interface RefusalProps {
  readonly error: Error;
  /** What to say where a password was wrong. */
  readonly wrong: string;
  readonly wrongHint?: string;
}

/** Why a password was not taken; whatever else failed is told as everywhere. */
export function Refusal({ error, wrong, wrongHint }: RefusalProps) {
  const words = useWords(accountsWords);
  if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 429)) return <Failed error={error} />;
  const limited = error.status === 429;
  const hint = limited ? error.hint : wrongHint;
  return (
    <Alert role="alert" color="red" variant="light" title={limited ? words.tooMany : wrong}>
      {hint !== undefined && <Text size="sm">{hint}</Text>}
    </Alert>
  );
}
