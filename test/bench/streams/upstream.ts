/**
 * Providers that stream the same answer to everybody: an event a turn of their loop, or, for a body that says `"paced"`,
 * one every 20 ms; one that says `"brief"` gets a few words, one that says `"held"` the first content and then nothing.
 */
import { createServer, type ServerResponse } from 'node:http';
import { tellUrl } from '../gateway/child.ts';
import { anthropicFrames, openaiFrames } from './frames.ts';

const pacedFrames = 51;

function write(res: ServerResponse, frames: readonly string[]): void {
  let at = 0;
  const next = () => {
    if (res.destroyed) return;
    res.write(frames[at]);
    at += 1;
    if (at < frames.length) setImmediate(next);
    else res.end();
  };
  next();
}

function pace(res: ServerResponse, frames: readonly string[]): void {
  // The first content comes with what goes before it: a gateway holds that back.
  const sent = [frames.slice(0, 4).join(''), ...frames.slice(4, pacedFrames), ...frames.slice(-4)];
  let at = 0;
  const timer = setInterval(() => {
    if (res.destroyed || at >= sent.length) {
      clearInterval(timer);
      res.end();
      return;
    }
    res.write(sent[at]);
    at += 1;
  }, 20);
}

tellUrl(
  createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks);
      const frames = req.url?.includes('messages') === true ? anthropicFrames : openaiFrames;
      res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      if (body.includes('held')) res.write(frames.slice(0, 5).join(''));
      else if (body.includes('paced')) pace(res, frames);
      else if (body.includes('brief')) write(res, [...frames.slice(0, 5), ...frames.slice(-4)]);
      else write(res, frames);
    });
  }),
);
