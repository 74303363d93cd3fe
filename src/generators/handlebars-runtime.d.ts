/** Handlebars without its compiler. Its own declaration of this entry point is empty. */
declare module 'handlebars/runtime.js' {
  import type Handlebars from 'handlebars';

  const runtime: typeof Handlebars;
  export default runtime;
}
