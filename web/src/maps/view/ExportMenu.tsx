import { Button, Loader, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { ApiError } from "../../base/api/errors";
import { baseWords } from "../../base/baseWords";
import { useWords } from "../../base/words";
import { lossText } from "../losses";
import { mapsWords } from "../mapsWords";
import { download } from "./download";

const PICTURES = ["pdf", "pdfPhases", "pdfTiled", "png", "svg", "pptx", "html"] as const;
const TABLES = { measuredXlsx: "xlsx", measuredCsv: "csv" } as const;
const DOCUMENTS = ["xlsx", "csv", "yaml", "json", "mmd", "xml"] as const;
/** Formats that are another one, asked for in another way. */
const WAYS: Readonly<Partial<Record<string, { readonly ending: string; readonly more: string }>>> = {
  pdfPhases: { ending: "pdf", more: "phases=true" },
  pdfTiled: { ending: "pdf", more: "tiled=true" },
};

interface ExportMenuProps {
  /** The address of a file with an ending; pictures are drawn as they are seen. */
  readonly address: (ending: string, picture: boolean) => string;
  /** The address of the table of what was measured, where that is shown. */
  readonly table?: ((ending: string) => string) | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every format of a map, to be downloaded; says what a format cannot hold. The button keeps the focus while a file is made. */
export function ExportMenu({ address, table, headers }: ExportMenuProps) {
  const words = useWords(mapsWords);
  const base = useWords(baseWords);
  const [busy, setBusy] = useState(false);
  const addressOf = (format: keyof typeof words.formats): string => {
    if (format === "measuredXlsx" || format === "measuredCsv") return table?.(TABLES[format]) ?? "";
    const picture = PICTURES.some((each) => each === format);
    const { ending, more } = WAYS[format] ?? { ending: format, more: "" };
    const from = address(ending, picture);
    return more === "" ? from : `${from}${from.includes("?") ? "&" : "?"}${more}`;
  };
  const take = async (format: keyof typeof words.formats): Promise<void> => {
    if (busy) return;
    setBusy(true);
    try {
      const file = await download(addressOf(format), headers);
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
        <Button
          variant="default"
          leftSection={busy ? <Loader size={16} aria-hidden /> : <IconDownload size={16} aria-hidden />}
          aria-busy={busy}
        >
          {words.download}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.pictures}</Menu.Label>
        {PICTURES.map(item)}
        {table !== undefined && (
          <>
            <Menu.Divider />
            <Menu.Label>{words.measuredTables}</Menu.Label>
            {(["measuredXlsx", "measuredCsv"] as const).map(item)}
          </>
        )}
        <Menu.Divider />
        <Menu.Label>{words.documents}</Menu.Label>
        {DOCUMENTS.map(item)}
      </Menu.Dropdown>
    </Menu>
  );
}
