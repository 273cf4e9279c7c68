import generated from './catalogue.generated.json' with { type: 'json' };
import { loadCatalogue } from './catalogue.ts';
import { CatalogueFile } from './catalogue-file.ts';
import { loadPriceBook } from './price-book.ts';

const file = CatalogueFile.parse(generated);

/** The models Waybill ships with. */
export const defaultCatalogue = loadCatalogue(file);

/** Their prices. */
export const defaultPriceBook = loadPriceBook(file);
