/**
 * Counts the bytes of Python as they arrive, and asks for all files at once.
 *
 * Pyodide asks for its files one after the other; they are fetched ahead, so that the line is never
 * idle while Python starts.
 */

export interface Size {
  readonly plain: number;
  readonly sent: number;
}

export interface Lock {
  readonly sizes: Readonly<Record<string, Size>>;
  readonly packages: Readonly<Record<string, { readonly file_name: string; readonly sha256: string }>>;
}

type Report = (loaded: number, total: number) => void;

interface Arrival {
  size: Size;
  /** What the counted bytes have to be multiplied by to get bytes on the wire. */
  scale: number;
  received: number;
}

export class Arrivals {
  private readonly arrivals = new Map<string, Arrival>();
  private readonly ahead = new Map<string, Promise<Response>>();
  private fail!: (error: Error) => void;

  /**
   * Rejected when a file does not come. Pyodide would wait for some of them for ever, so whoever
   * starts it listens here too.
   */
  readonly failure = new Promise<never>((_, reject) => {
    this.fail = reject;
  });

  constructor(
    private readonly base: URL,
    private readonly report: Report,
  ) {}

  /** Read the lock file, which a browser must not keep: it names files by their content. */
  async lock(name: string): Promise<Lock> {
    const response = await fetch(new URL(name, this.base), { cache: "no-cache" });
    if (!response.ok) throw new Error(`${name}: HTTP ${response.status}`);
    const lock = (await response.clone().json()) as Lock;
    this.ahead.set(new URL(name, this.base).href, Promise.resolve(response));
    return lock;
  }

  /** Ask for every file of `lock` now. */
  fetchAll(lock: Lock): void {
    const hashes = Object.values(lock.packages).map((entry) => [entry.file_name, entry.sha256] as const);
    const expected = new Map(hashes);
    for (const [name, size] of Object.entries(lock.sizes)) {
      const { href } = new URL(name, this.base);
      this.arrivals.set(href, { size, scale: size.sent / size.plain, received: 0 });
      const coming = this.counted(href, expected.get(name)).catch((error: unknown) => {
        this.fail(new Error(`${name} did not come: ${reason(error)}`));
        return new Promise<Response>(() => undefined); // it never will
      });
      this.ahead.set(href, coming);
    }
    this.tell();
  }

  /** Stands in for `fetch`: hands out what is on its way already. */
  readonly fetch = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const href = new URL(input instanceof Request ? input.url : input, this.base).href;
    const coming = this.ahead.get(href);
    this.ahead.delete(href);
    return coming ?? fetch(input, init);
  };

  private async counted(href: string, sha256: string | undefined): Promise<Response> {
    const response = await fetch(href, sha256 ? { integrity: integrity(sha256) } : {});
    const arrival = this.arrivals.get(href);
    if (!response.ok || !response.body || !arrival) throw new Error(`HTTP ${response.status}`);
    if (!response.headers.get("content-encoding")) arrival.scale = 1;
    const { status, statusText, headers } = response;
    return new Response(this.watched(response.body, arrival, href), { status, statusText, headers });
  }

  private watched(body: ReadableStream<Uint8Array>, arrival: Arrival, href: string): ReadableStream {
    const reader = body.getReader();
    const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        arrival.received += value.byteLength;
        this.tell();
        controller.enqueue(value);
      } catch (error) {
        this.fail(new Error(`${href.split("/").at(-1)} broke off: ${reason(error)}`));
      }
    };
    return new ReadableStream({ pull });
  }

  private tell(): void {
    let loaded = 0;
    let total = 0;
    for (const { size, scale, received } of this.arrivals.values()) {
      loaded += received * scale;
      total += size.plain * scale;
    }
    this.report(Math.min(loaded, total), total);
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function integrity(sha256: string): string {
  const bytes = sha256.match(/../g) ?? [];
  return `sha256-${btoa(String.fromCharCode(...bytes.map((pair) => parseInt(pair, 16))))}`;
}
