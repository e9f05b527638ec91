// Plugins of a service have to be in its folder.
export { default } from '../shared/serverless/generated-validators.mjs';
