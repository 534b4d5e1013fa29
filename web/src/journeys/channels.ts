import { quoted } from "./behind/number";
import { channelUseOf, type QuestionName } from "./questions";

/** Parameters as the server takes them: the channels of the bar are part of the filter, where they are no option of the question. */
export function withChannels(question: QuestionName, params: URLSearchParams): URLSearchParams {
  const use = channelUseOf(question);
  if (use === "told_of") return without(params, "with_channels");
  const asked = without(params, "channels", "with_channels");
  if (use === "unused") return asked;
  const channels = params.getAll("channels");
  const where = params.get("where") ?? "";
  put(asked, "where", filterOf(where, channels));
  if (params.has("with_channels") || params.has("with_where")) {
    const others = params.has("with_channels") ? params.getAll("with_channels") : channels;
    put(asked, "with_where", filterOf(params.get("with_where") ?? where, others));
  }
  return asked;
}

/** A filter of which only the interactions in these channels are left; of no channels the filter itself. */
export function filterOf(where: string, channels: readonly string[]): string {
  if (channels.length === 0) return where;
  if (where.trim() === "") return channelText(channels);
  if (!where.trimStart().startsWith("{")) return `(${where}) and ${channelText(channels)}`;
  return `{"all": [${where}, ${JSON.stringify({ field: "channel", operator: "in", value: channels })}]}`;
}

function channelText(channels: readonly string[]): string {
  const [first, ...more] = channels.map(quoted);
  return more.length === 0 ? `channel = ${String(first)}` : `channel in (${[first, ...more].join(", ")})`;
}

function without(params: URLSearchParams, ...names: readonly string[]): URLSearchParams {
  return new URLSearchParams([...params].filter(([name]) => !names.includes(name)));
}

function put(params: URLSearchParams, name: string, value: string): void {
  if (value === "") params.delete(name);
  else params.set(name, value);
}
