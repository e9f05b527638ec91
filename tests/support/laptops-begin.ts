import { startWarmMoto } from './warm-moto.ts';

/** Jest calls this before it starts a worker for a project that needs the laptop AWS. */
export default startWarmMoto;
