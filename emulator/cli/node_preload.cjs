// Leads Node to the emulator for Meta's hosts, whatever HTTP client is used: before Node 22.21 neither fetch nor https
// minds a proxy in the environment. `whatsapp-emulator exec` has Node load it, by NODE_OPTIONS.
'use strict';

const tls = require('node:tls');

const hosts = new Set((process.env.WHATSAPP_EMULATOR_HOSTS || '').split(','));
const [host, port] = (process.env.WHATSAPP_EMULATOR_TLS || ':').split(':');
const connect = tls.connect;

tls.connect = function (options, ...more) {
  const name = options && typeof options === 'object' ? options.servername || options.host : undefined;
  if (port && hosts.has(name) && !options.socket) {
    return connect.call(this, { ...options, host, port: Number(port), servername: name }, ...more);
  }
  return connect.call(this, options, ...more);
};
