import { Button, Stack } from "@mantine/core";
import { IconBug } from "@tabler/icons-react";
import { Empty } from "../base/states/Empty";
import { useWords } from "../base/words";
import { appWords } from "./appWords";

/** A page that threw: what the person can do. The fault itself is in the browser's console. */
export function Broken() {
  const words = useWords(appWords);
  return (
    <Empty order={1} icon={<IconBug size={40} stroke={1.2} />} title={words.broken}>
      <Stack align="center" gap="md">
        {words.brokenHint}
        <Button variant="default" onClick={() => window.location.reload()}>
          {words.reload}
        </Button>
      </Stack>
    </Empty>
  );
}
