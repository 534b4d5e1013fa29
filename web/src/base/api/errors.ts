/** The code where an answer is about fewer customers than the person may see numbers of. */
export const SMALL_GROUP = "access.small_group";

/** What the server, or the network, said instead of an answer. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;

  /** @param status of HTTP; 0 where no answer came. */
  constructor(status: number, code: string, message: string, hint?: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.hint = hint;
  }
}

/** The one JSON shape of errors, `{code, message, hint}`; whatever else came is told by its status. */
export async function readError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!isErrorBody(body)) return new ApiError(response.status, `http.${response.status}`, response.statusText);
  return new ApiError(response.status, body.code, body.message, body.hint ?? undefined);
}

interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | null;
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === "object" && body !== null && "code" in body && "message" in body;
}
