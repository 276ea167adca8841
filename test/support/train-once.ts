/** Trains what the suites and their services share, and keeps it: run beside the checks of scripts/test, so that no worker has to. */
import { trainedModel } from '../understand/trained.js';

await trainedModel();
