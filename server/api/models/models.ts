import { type CatalogueModel, CustomModel } from '#engine/catalogue/index.ts';
import type { calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { detailModel, originOf, summarizeModel } from './describe-model.ts';

export const listModels: Handler<typeof calls.listModels> = (_, installation) => ({
  priceBook: installation.priceBook.version,
  models: [...installation.catalogue.models.values()].map((model) => summarizeModel(model, installation)),
});

export const readModel: Handler<typeof calls.readModel> = ({ params }, installation) =>
  detailModel(findModel(params.id, installation), installation);

export const writeModel: Handler<typeof calls.writeModel> = async (
  { params: { id }, body, actor },
  installation,
) => {
  const { store, clock } = installation;
  requireId(id);
  refuseFile(id, installation);
  const model = { id, ...body };
  const stated = { model, updatedAt: new Date(clock()).toISOString(), updatedBy: actor };
  const before = store.read().models.find((one) => one.model.id === id)?.model ?? null;
  await store.update(
    { actor, action: before === null ? 'model.create' : 'model.update', subject: id, before, after: model },
    (state) => ({ ...state, models: [...state.models.filter((one) => one.model.id !== id), stated] }),
  );
  return detailModel(findModel(id, installation), installation);
};

export const deleteModel: Handler<typeof calls.deleteModel> = async (
  { params: { id }, actor },
  installation,
) => {
  const { store } = installation;
  refuseFile(id, installation);
  const found = store.read().models.find(({ model }) => model.id === id);
  if (found === undefined) {
    throw new ApiFailure(404, 'model_missing', `Nothing was stated of "${id}" in the studio.`);
  }
  await store.update(
    { actor, action: 'model.delete', subject: id, before: found.model, after: null },
    (state) => ({ ...state, models: state.models.filter(({ model }) => model.id !== id) }),
  );
  return {};
};

function findModel(id: string, { catalogue }: Installation): CatalogueModel {
  const found = catalogue.find(id);
  if (found !== undefined) return found;
  const near = catalogue.suggest(id)[0];
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  throw new ApiFailure(404, 'model_missing', `The catalogue has no model "${id}".${hint}`);
}

function requireId(id: string): void {
  const issue = CustomModel.shape.id.safeParse(id).error?.issues[0];
  if (issue === undefined) return;
  const fields = [{ field: 'id', message: issue.message }];
  throw new ApiFailure(400, 'invalid_request', `id: ${issue.message}.`, { fields });
}

function refuseFile(id: string, installation: Installation): void {
  if (originOf(id, installation) !== 'file') return;
  throw new ApiFailure(409, 'managed_by_file', `"${id}" comes from the config file; change it there.`);
}
