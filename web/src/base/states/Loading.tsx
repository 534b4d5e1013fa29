import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { baseWords } from "../baseWords";
import { useWords } from "../words";

/** The place of what is on its way, as many lines as it may have. */
export function Loading({ lines = 6, height = 18 }: { readonly lines?: number; readonly height?: number }) {
  const words = useWords(baseWords);
  return (
    <Stack gap="sm" role="status" aria-live="polite">
      <VisuallyHidden>{words.loading}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={`line-${String(line)}`} height={height} width={`${String(96 - ((line * 17) % 40))}%`} />
      ))}
    </Stack>
  );
}
