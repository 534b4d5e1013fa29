import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { ApiError } from "../../base/api/errors";
import { baseWords } from "../../base/baseWords";
import { useWords } from "../../base/words";
import { lossText } from "../losses";
import { mapsWords } from "../mapsWords";
import { download } from "./download";

const PICTURES = ["pdf", "pdfTiled", "png", "svg", "pptx", "html"] as const;
const DOCUMENTS = ["xlsx", "csv", "yaml", "json", "mmd", "xml"] as const;

interface ExportMenuProps {
  /** The address of a file with an ending; pictures are drawn as they are seen. */
  readonly address: (ending: string, picture: boolean) => string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every format of a map, to be downloaded; says what a format cannot hold. */
export function ExportMenu({ address, headers }: ExportMenuProps) {
  const words = useWords(mapsWords);
  const base = useWords(baseWords);
  const [busy, setBusy] = useState(false);
  const take = async (format: keyof typeof words.formats): Promise<void> => {
    const tiled = format === "pdfTiled";
    const picture = PICTURES.some((each) => each === format);
    const from = address(tiled ? "pdf" : format, picture);
    setBusy(true);
    try {
      const file = await download(tiled ? `${from}${from.includes("?") ? "&" : "?"}tiled=true` : from, headers);
      const lost = file.losses.length > 0 ? `${words.notInFile}: ${lossText(file.losses)}` : undefined;
      notifications.show({
        title: words.saved(file.name),
        message: lost,
        color: "teal",
        autoClose: lost ? 12_000 : 4000,
      });
    } catch (error) {
      const message =
        error instanceof ApiError ? [error.message, error.hint].filter(Boolean).join(" – ") : String(error);
      notifications.show({ title: base.failed, message, color: "red", autoClose: false });
    } finally {
      setBusy(false);
    }
  };
  const item = (format: keyof typeof words.formats) => (
    <Menu.Item key={format} onClick={() => void take(format)}>
      {words.formats[format]}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} loading={busy}>
          {words.download}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.pictures}</Menu.Label>
        {PICTURES.map(item)}
        <Menu.Divider />
        <Menu.Label>{words.documents}</Menu.Label>
        {DOCUMENTS.map(item)}
      </Menu.Dropdown>
    </Menu>
  );
}
