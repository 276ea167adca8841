/** The part of @nlpjs/basic that the measurement uses; the package brings no types. */
declare module '@nlpjs/basic' {
  export interface Nlp {
    settings: { autoSave: boolean; log: boolean };
    addLanguage(language: string): void;
    addDocument(language: string, text: string, intent: string): void;
    train(): Promise<void>;
    process(language: string, text: string): Promise<{ readonly intent: string; readonly score: number }>;
  }
  export function dockStart(settings: object): Promise<{ get(name: 'nlp'): Nlp }>;
}
