/** `window.require(name)`: the modules of WhatsApp Web that whatsapp-web.js asks for. An unknown one throws, so that nothing is swallowed. */
import { Chat, type ChatModel, Contact, chatOf, Msg, MsgModel } from './chats.js';
import { askExists, Cmd, Conn, isUnreadable, me, offlineProgress, Socket, sendOut, transmit } from './connection.js';
import { createWid, MsgKey, type Wid } from './ids.js';
import { getOrCreateMediaObject, OpaqueData, prepRawMedia, uploadMedia } from './media.js';
import { type Attributes, Collection, type Key, keyOf, type Model } from './models.js';

const nothing = (): void => undefined;
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const links = (text: unknown) => (String(text ?? '').match(/https?:\/\/\S+/g) ?? []).map((href) => ({ href }));
const attributeGetters = (names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => [name, (model: Model) => model[`${name.charAt(3).toLowerCase()}${name.slice(4)}`]]),
  );
/** Numbers that begin so are not on WhatsApp. */
const isKnown = (wid: Wid): boolean => !wid.user.startsWith('000');
/** Who has both a number and a hidden id, by either. */
const twins = new Map<string, string>();

class Calls extends Collection {
  readonly ringing = new Map<string, unknown>();
}

const definitions: Readonly<Record<string, () => unknown>> = {
  WAWebSocketModel: () => ({ Socket }),
  WAWebCmd: () => ({ Cmd: Object.assign(Cmd, { refreshQR: () => transmit({ op: 'refresh-ref' }) }) }),
  WAWebConnModel: () => ({ Conn }),
  WAWebOfflineHandler: () => ({ OfflineMessageHandler: { getOfflineDeliveryProgress: offlineProgress } }),
  WAWebAltDeviceLinkingApi: () => ({
    setPairingType: nothing,
    initializeAltDeviceLinking: async () => undefined,
    initializeQRLinking: async () => undefined,
    startAltLinkingFlow: async (phone: string) => {
      const code = (await MsgKey.newId()).slice(-8);
      transmit({ op: 'pair-by-phone', phone, code });
      return code;
    },
  }),
  WABase64: () => ({ encodeB64: base64 }),
  WAWebCompanionRegClientUtils: () => ({ DEVICE_PLATFORM: '1' }),
  WAWebAdvSignatureApi: () => ({}),
  WAWebUserPrefsInfoStore: () => ({
    waNoiseInfo: { get: async () => ({ staticKeyPair: { pubKey: new Uint8Array(32).fill(1) } }) },
  }),
  WAWebSignalStoreApi: () => ({
    waSignalStore: {
      getRegistrationInfo: async () => ({ identityKeyPair: { pubKey: new Uint8Array(32).fill(2) } }),
    },
  }),
  WAWebUserPrefsMultiDevice: () => ({ getADVSecretKey: () => btoa('simulated-secret-of-the-device-00') }),
  WAWebUserPrefsMeUser: () => ({ getMaybeMePnUser: () => me?.pn, getMaybeMeLidUser: () => me?.lid }),
  WAWebMiscBrowserUtils: () => ({ info: () => ({ os: 'Linux', name: 'Chrome' }) }),
  WAWebCollections: () => ({ Msg, Chat, Contact, GroupMetadata: { update: async () => undefined } }),
  WAWebWidFactory: () => ({ createWid, createWidFromWidLike: createWid, asUserWidOrThrow: createWid }),
  WAWebMsgKey: () => MsgKey,
  WAWebChatGetters: () => ({
    getIsNewsletter: ({ id }: { id: Wid }) => id.isNewsletter(),
    getIsBroadcast: ({ id }: { id: Wid }) => id.server === 'broadcast',
  }),
  WALinkify: () => ({ findLinks: links, findLink: (text: unknown) => links(text)[0] }),
  WAWebLinkPreviewChatAction: () => ({ getLinkPreview: async () => null }),
  WAWebGetEphemeralFieldsMsgActionsUtils: () => ({ getEphemeralFields: () => ({}) }),
  WAWebStreamModel: () => ({ Stream: { markAvailable: nothing, markUnavailable: nothing } }),
  WAWebUpdateUnreadChatAction: () => ({
    sendSeen: async ({ chat }: { chat: Model }) => {
      transmit({ op: 'seen', chat: String(chat.id) });
      chat.set({ unreadCount: 0 });
    },
  }),
  WAWebFindChatAction: () => ({
    findOrCreateLatestChat: async (wid: Wid) =>
      wid.isUser() && !isKnown(wid) ? undefined : { chat: chatOf(createWid(wid)) },
  }),
  WAWebMsgReply: () => ({ canReplyMsg: () => true }),
  WAWebSendMsgChatAction: () => ({
    addAndSendMsgToChat: (_chat: unknown, attributes: Attributes) => sendOut(new MsgModel(attributes)),
  }),
  WAWebChatLoadMessages: () => ({
    async loadEarlierMsgs({ chat }: { readonly chat: ChatModel }) {
      if (isUnreadable(chat.id)) throw new Error('The history of the chat is out of step.');
      return [];
    },
  }),
  WAWebContactGetters: () =>
    attributeGetters([
      ...['getIsMe', 'getIsUser', 'getIsGroup', 'getIsWAContact', 'getUserid', 'getVerifiedName', 'getVerifiedLevel'],
      ...['getStatusMute', 'getName', 'getShortName', 'getPushname', 'getIsEnterprise'],
    ]),
  WAWebFrontendContactGetters: () => ({ getIsMyContact: () => false }),
  WAWebApiContact: () => ({
    getAlternateUserWid: () => null,
    getCurrentLid: (wid: Wid) => twinOf(wid),
    getPhoneNumber: (wid: Wid) => twinOf(wid),
  }),
  WAWebLidMigrationUtils: () => ({ toPn: twinOf }),
  WAWebQueryExistsJob: () => ({
    queryWidExists: async (wid: Wid) => ((await askExists(wid._serialized)) ? { wid } : null),
  }),
  WAWebSyncGatingUtils: () => ({ isPlaceholderMessageResendEnabled: () => false }),
  WAWebNonMessageDataRequestPlaceholderMessageResendUtils: () => ({ handlePlaceholderMsgsSeen: nothing }),
  WAWebCallCollection: () => new Calls(),
  WAWebAddonReactionTableMode: () => ({ reactionTableMode: { bulkUpsert: nothing } }),
  WAWebAddonPollVoteTableMode: () => ({ pollVoteTableMode: { bulkUpsert: nothing } }),
  WAWebDownloadManager: () => ({
    downloadManager: {
      async downloadAndMaybeDecrypt({ directPath }: { directPath: string }): Promise<ArrayBuffer> {
        const answer = await fetch(directPath);
        if (!answer.ok) throw Object.assign(new Error('The file is not there.'), { status: answer.status });
        return answer.arrayBuffer();
      },
    },
  }),
  WAWebMediaOpaqueData: () => OpaqueData,
  WAWebPrepRawMedia: () => ({ prepRawMedia }),
  WAWebMediaStorage: () => ({ getOrCreateMediaObject }),
  WAWebMmsMediaTypes: () => ({
    msgToMediaType: ({ type }: { type: string }) => type,
    castToV4: (type: string) => type,
  }),
  WAWebMediaDataUtils: () => ({ shouldUseMediaCache: () => false }),
  WAWebMediaMmsV4Upload: () => ({ uploadMedia }),
  WAWebBackendJobsCommon: () => ({ mediaTypeFromProtobuf: () => null }),
  WAWebE2EProtoUtils: () => ({ typeAttributeFromProtobuf: () => 'text' }),
  WAWap: () => ({
    generateId: () => 'generated',
    wap: (tag: string, attributes: Attributes, children: unknown) => ({ tag, attributes, children }),
  }),
  WADeprecatedSendIq: () => ({
    deprecatedCastStanza: async ({ attributes, children }: Stanza) => {
      const [reject] = children;
      transmit({ op: 'reject-call', id: String(reject?.attributes['call-id']), to: String(attributes.to) });
    },
  }),
};
interface Stanza {
  readonly attributes: Attributes;
  readonly children: readonly Stanza[];
}

const twinOf = (wid: Key): Wid | undefined => {
  const twin = twins.get(keyOf(wid));
  return twin === undefined ? undefined : createWid(twin);
};
/** Tells that a number and a hidden id are the same resident. */
export const link = (phone: string, lid: string): void => {
  twins.set(phone, lid).set(lid, phone);
};

const made = new Map<string, unknown>();
export const missing: string[] = [];
export const requireModule = (name: string): unknown => {
  if (!made.has(name)) {
    const define = definitions[name];
    if (!define) {
      missing.push(name);
      throw new Error(`Requiring unknown module "${name}"`);
    }
    made.set(name, define());
  }
  return made.get(name);
};
