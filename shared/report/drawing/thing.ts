import type { CheckStatus } from '../../../schemas/generated/check.js';
import type { Font } from './text.ts';

/** A line of text of a thing. */
export interface Row {
  text: string;
  font: Font;
  /** How it is set off: a route table and its route stand on a ground of their own, a block is red. */
  look: 'plain' | 'table' | 'block';
}

/** Where a thing belongs; NAT gateways without a subnet are regional and have a row of their own. */
export type Spot = 'outside' | 'top' | 'regional' | 'zone' | 'side' | 'bottom';

/** Something that is drawn as a box. */
export interface Thing {
  id: string;
  spot: Spot;
  /** Class names of the style sheet. */
  looks: string[];
  rows: Row[];
  /** Name of its availability zone, for a subnet and for what is in it. */
  zone?: string;
  /** Id of the subnet it is in, for a NAT gateway. */
  subnetId?: string;
  /** Whether it is one of the subnets above the others, which have a way to an internet gateway. */
  isPublic?: boolean;
  /** The worst of the findings about it, when it is not a passed one. */
  status?: CheckStatus;
}
