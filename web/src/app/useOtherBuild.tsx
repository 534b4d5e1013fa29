import { Button, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { noticeFiles, onOtherBuild } from "../base/api/build";
import { useWords } from "../base/words";
import { appWords } from "./appWords";

const RELOADED = "desireline-reloaded-for";

/** Says, once, that page and server are of different versions: load it again, or where that was done, restart the server. */
export function useOtherBuild(): void {
  const words = useWords(appWords);
  useEffect(() => {
    const end = onOtherBuild((other, build) => {
      const wasReloaded = sessionStorage.getItem(RELOADED) === build;
      const reload = (): void => {
        sessionStorage.setItem(RELOADED, build);
        window.location.reload();
      };
      notifications.show({
        id: "other-build",
        autoClose: false,
        color: wasReloaded && other === "server" ? "orange" : "path",
        title: words.newVersion,
        message:
          wasReloaded && other === "server" ? (
            words.restartServer
          ) : (
            <Stack gap="xs" align="flex-start">
              {words.newVersionHint}
              <Button size="xs" variant="default" onClick={reload}>
                {words.reload}
              </Button>
            </Stack>
          ),
      });
    });
    const onLost = (): void => void noticeFiles();
    window.addEventListener("vite:preloadError", onLost);
    return () => {
      end();
      window.removeEventListener("vite:preloadError", onLost);
    };
  }, [words]);
}
