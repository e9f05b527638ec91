import { type AwsRequest, formFields } from '../../local-aws/aws-request.ts';
import { grown, type Listing, type Page, pageOf, readListing } from './listing.ts';

/** An answer as it goes out. */
export interface Answer {
  status: number;
  contentType: string;
  body: Buffer;
}

/** Gives the answer of an AWS to a request whose body is the given one. */
export type Ask = (request: AwsRequest, body: string) => Promise<Answer>;

/** How many items a listing of EC2 is to have, by action. */
export type Sizes = Record<string, number>;

/** How EC2 spells paging: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html */
const pagingFields = ['MaxResults', 'NextToken'];

/** What a brief page has; enough to say of each kind that there are some. */
const fewItems = 5;

/** A request without its paging, with its fields in a fixed order: SDKs differ in theirs. */
function questionOf(request: AwsRequest): { question: string; page: Page } {
  if (request.protocol !== 'ec2' && request.protocol !== 'query') {
    return { question: request.body.toString(), page: { from: 0 } };
  }
  const fields = formFields(request);
  const page = pageIn(fields);
  if (request.protocol === 'ec2') for (const name of pagingFields) fields.delete(name);
  fields.sort();
  return { question: fields.toString(), page };
}

function pageIn(fields: URLSearchParams): Page {
  const size = fields.get('MaxResults');
  return { from: Number(fields.get('NextToken') ?? 0), ...(size && { size: Number(size) }) };
}

/**
 * Remembers the answers of an AWS and gives them again, as fast each time: what is measured is the caller, not the
 * AWS on the laptop. Listings of EC2 are asked for whole, made as long as wanted, and given in pages.
 */
export class Answers {
  readonly #ask: Ask;
  readonly #known = new Map<string, Promise<Answer | Listing>>();
  readonly #pages = new Map<string, Answer>();
  #sizes: Sizes = {};
  /** Leaves most items of a page out; the number of pages stays the same. */
  brief = false;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Forgets every answer; from now on listings have these sizes. */
  startOver(sizes: Sizes): void {
    this.#sizes = sizes;
    this.#known.clear();
    this.#pages.clear();
  }

  async to(request: AwsRequest): Promise<Answer> {
    const { question, page } = questionOf(request);
    const key = [request.service, request.region, request.action, question].join(' ');
    const known = this.#known.get(key) ?? this.#learn(request, question);
    this.#known.set(key, known);
    const answer = await known;
    return 'items' in answer ? this.#page(key, answer, page) : answer;
  }

  #page(key: string, listing: Listing, page: Page): Answer {
    const name = `${key} ${page.from} ${page.size} ${this.brief}`;
    const known = this.#pages.get(name);
    if (known) return known;
    const made = {
      status: 200,
      contentType: 'text/xml',
      body: Buffer.from(pageOf(listing, page, this.brief ? fewItems : undefined)),
    };
    this.#pages.set(name, made);
    return made;
  }

  async #learn(request: AwsRequest, question: string): Promise<Answer | Listing> {
    const answer = await this.#ask(request, question);
    if (request.service !== 'ec2' || answer.status !== 200) return answer;
    const text = answer.body.toString();
    if (/<nextToken>[^<]/.test(text))
      throw new Error(`${request.action} was answered with a page of its own`);
    const listing = readListing(text);
    const size = this.#sizes[request.action];
    if (!listing) return answer;
    return size === undefined ? listing : grown(listing, size);
  }
}
