import { stopWarmMoto } from './warm-moto.ts';

/** Jest calls this when every test has ended. */
export default stopWarmMoto;
