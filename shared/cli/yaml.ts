// A module of its own: loaded when YAML is wanted, and bundled with the names it exports, which a package in
// CommonJS would not keep when it is imported by itself.
export { stringify } from 'yaml';
