/** With which build the server was started, told with every answer of the API. */
const HEADER = "x-desireline-build";

/** Another build than that of this page was seen: the server's, or that of the files it serves now. */
export type OtherBuild = "server" | "files";
type Listener = (other: OtherBuild, build: string) => void;

const listeners = new Set<Listener>();
let isTold = false;

/** Hear, once, that page and server are of different builds. */
export function onOtherBuild(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Look whether an answer comes from a server of another build. */
export function noticeBuild(headers: Headers): void {
  const build = headers.get(HEADER);
  if (build !== null) compare("server", build);
}

/** Look whether the server has the files of another build now: a part of this page could not be loaded. */
export async function noticeFiles(): Promise<void> {
  const page = await fetch("/", { cache: "no-store" }).then(
    (response) => response.text(),
    () => "",
  );
  const build = /<script[^>]* src="\/assets\/([^"]+)"/.exec(page)?.[1];
  if (build !== undefined) compare("files", build);
}

function compare(other: OtherBuild, build: string): void {
  const own = ownBuild();
  if (isTold || own === undefined || own === build || listeners.size === 0) return;
  isTold = true;
  for (const listener of listeners) listener(other, build);
}

/** The first script of this page; undefined while it is developed. */
function ownBuild(): string | undefined {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src*="/assets/"]');
  return script?.src.split("/assets/")[1];
}
