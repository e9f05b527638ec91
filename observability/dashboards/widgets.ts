/** The body of a dashboard: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export interface DashboardBody {
  start?: string;
  widgets: PlacedWidget[];
}

/** What a dashboard shows in one place, and how large; a dashboard is 24 wide. */
export interface Widget {
  type: 'text' | 'metric' | 'alarm' | 'log';
  width: number;
  height: number;
  properties: Record<string, unknown>;
}

export type PlacedWidget = Widget & { x: number; y: number };

/** One line of a graph: a metric with its dimensions, or an expression. */
export type Line = readonly (string | Record<string, unknown>)[];

/** A line that is a metric. */
export const metricLine = (
  namespace: string,
  metric: string,
  dimensions: Record<string, string>,
  options: Record<string, unknown>,
): Line => [namespace, metric, ...Object.entries(dimensions).flat(), options];

/** A line, or as many as a search finds, that is computed. */
export const expressionLine = (expression: string, options: Record<string, unknown> = {}): Line => [
  { expression, ...options },
];

interface Graph {
  title: string;
  /** Of 24. */
  width: number;
  lines: Line[];
  /** Seconds that are added up to one point. */
  period?: number;
  /** `%`, `ms`, `calls`. */
  unit: string;
  stacked?: boolean;
}

/** A graph over time, from zero on. */
export const graph = ({ title, width, lines, unit, period = 300, stacked = false }: Graph): Widget => ({
  type: 'metric',
  width,
  height: 6,
  properties: {
    title,
    view: 'timeSeries',
    stacked,
    // CloudFormation's: a widget has to name its region.
    region: '${AWS::Region}',
    period,
    metrics: lines,
    yAxis: { left: { min: 0, label: unit, showUnits: false } },
  },
});

/** Markdown over the whole width. */
export const text = (markdown: string, height: number): Widget => ({
  type: 'text',
  width: 24,
  height,
  properties: { markdown },
});

/** Puts rows of widgets below one another. */
export function inRows(...rows: Widget[][]): PlacedWidget[] {
  let y = 0;
  return rows.flatMap((row) => {
    let x = 0;
    const top = y;
    y += Math.max(0, ...row.map(({ height }) => height));
    return row.map((widget) => {
      const placed = { ...widget, x, y: top };
      x += widget.width;
      return placed;
    });
  });
}
