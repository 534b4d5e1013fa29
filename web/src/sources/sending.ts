import { proofHeaders } from "../base/api/client";
import { ApiError } from "../base/api/errors";
import type { Upload } from "../base/api/schema.gen";

/** Send a file as it is, and say how far it is; `fetch` cannot say that. */
export function send(file: File, onProgress: (sent: number) => void, signal: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open("POST", `/api/sources/uploads?name=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(proofHeaders("POST"))) asked.setRequestHeader(name, value);
    asked.setRequestHeader("content-type", "application/octet-stream");
    asked.responseType = "json";
    asked.upload.onprogress = (event) => onProgress(event.loaded);
    asked.onload = () => {
      if (asked.status < 400) resolve(asked.response as Upload);
      else reject(errorOf(asked.status, asked.response));
    };
    asked.onerror = () => reject(new ApiError(0, "network", ""));
    asked.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    signal.addEventListener("abort", () => asked.abort());
    asked.send(file);
  });
}

function errorOf(status: number, body: unknown): ApiError {
  const told = (typeof body === "object" && body !== null ? body : {}) as Readonly<Record<string, unknown>>;
  const text = (key: string): string | undefined => (typeof told[key] === "string" ? told[key] : undefined);
  return new ApiError(status, text("code") ?? `http.${status}`, text("message") ?? "", text("hint"));
}
