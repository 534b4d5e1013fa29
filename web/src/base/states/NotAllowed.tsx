import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { baseWords } from "../baseWords";
import { useWords } from "../words";
import { Empty } from "./Empty";

/** What a person may not do here, who may, and what they may look at instead. */
export function NotAllowed({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  const words = useWords(baseWords);
  return (
    <Empty icon={<IconLock size={36} stroke={1.3} />} title={title}>
      {children} {words.forbiddenHint}
    </Empty>
  );
}
