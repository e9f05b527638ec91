/** Values by the ids that an expression gives them. */
export type Values = Record<string, number>;

type Operation = (left: number, right: number) => number;

/** Operators by how tightly they bind, the loosest first. */
const levels: Record<string, Operation>[] = [
  {
    '>': (left, right) => Number(left > right),
    '<': (left, right) => Number(left < right),
    '>=': (left, right) => Number(left >= right),
    '<=': (left, right) => Number(left <= right),
  },
  { '+': (left, right) => left + right, '-': (left, right) => left - right },
  { '*': (left, right) => left * right, '/': (left, right) => left / right },
];

/** Reads an expression from its beginning on. */
class Reader {
  readonly #tokens: string[];
  readonly #values: Values;

  constructor(expression: string, values: Values) {
    this.#tokens = expression.match(/[A-Za-z]\w*|\d+(?:\.\d+)?|[<>]=?|\S/g) ?? [];
    this.#values = values;
  }

  whole(): number {
    const value = this.#operations(0);
    if (this.#tokens.length > 0) throw new Error(`"${this.#tokens.join(' ')}" makes no sense there`);
    return value;
  }

  #operations(level: number): number {
    const operators = levels[level];
    if (!operators) return this.#operand();
    let value = this.#operations(level + 1);
    for (let next = operators[this.#tokens[0] ?? '']; next; next = operators[this.#tokens[0] ?? '']) {
      this.#tokens.shift();
      value = next(value, this.#operations(level + 1));
    }
    return value;
  }

  #operand(): number {
    const token = this.#tokens.shift() ?? 'the end';
    if (token === 'IF') return this.#condition();
    if (token === '(') return this.#closed();
    const value = this.#values[token] ?? Number(token);
    if (Number.isNaN(value)) throw new Error(`${token} has no value`);
    return value;
  }

  #closed(): number {
    const value = this.#operations(0);
    this.#expect(')');
    return value;
  }

  /** Both values are computed, as CloudWatch does; one of them may be no number then. */
  #condition(): number {
    this.#expect('(');
    const condition = this.#operations(0);
    this.#expect(',');
    const yes = this.#operations(0);
    this.#expect(',');
    const no = this.#closed();
    return condition ? yes : no;
  }

  #expect(wanted: string): void {
    const token = this.#tokens.shift();
    if (token !== wanted) throw new Error(`there must be "${wanted}" instead of "${token}"`);
  }
}

/**
 * What a metric math expression makes of some values: arithmetic, comparisons and `IF` of single numbers.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 * @throws Error on anything else
 */
export const evaluateExpression = (expression: string, values: Values): number =>
  new Reader(expression, values).whole();
