/** Colours by what they are for. On paper it is always the light ones. */
const light = `
  --page: #f5f6f8; --ground: #ffffff; --sunken: #eef0f3; --ink: #1a1f26; --soft: #535c68; --line: #d6dbe2;
  --accent: #0b57a8; --failed: #b3231b; --failed-ground: #fdf0ee; --warning: #7d4f00; --warning-ground: #fdf5e3;
  --passed: #1c6843; --passed-ground: #edf7f1; --public: #ecf6ef; --public-line: #5f9a77; --private: #edf2fa;
  --private-line: #7793c2; --unknown: #f3f3f3; --unknown-line: #85898f; --route: #7c8793;`;

const dark = `
  --page: #0f1216; --ground: #171b21; --sunken: #20262e; --ink: #e8ebef; --soft: #a7b1bd; --line: #323a44;
  --accent: #82baff; --failed: #ff8f85; --failed-ground: #2d1816; --warning: #efbb62; --warning-ground: #2a2110;
  --passed: #74d09d; --passed-ground: #13251b; --public: #14281d; --public-line: #4d8a66; --private: #162135;
  --private-line: #5375ab; --unknown: #22262b; --unknown-line: #7d848c; --route: #7f8b98;`;

export const tokens = `
:root { ${light} color-scheme: light;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
@media screen and (prefers-color-scheme: dark) { :root { ${dark} color-scheme: dark; } }
`;
