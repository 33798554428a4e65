/** The people of the demo: invented, as everything in it. */
export const demoUsers = [
  { id: 11, username: 'ines.okafor', name: 'Ines Okafor' },
  { id: 12, username: 'tomas.w', name: 'Tomas Wieland' },
  { id: 13, username: 'priya-nair', name: 'Priya Nair' },
  { id: 14, username: 'lars.h', name: 'Lars Holmgren' },
  { id: 15, username: 'mbeki', name: 'Thandi Mbeki' },
  { id: 16, username: 'yuki.sato', name: 'Yuki Sato' },
  { id: 17, username: 'carla_ruiz', name: 'Carla Ruiz' },
  { id: 18, username: 'dev.anand', name: 'Dev Anand' },
  { id: 19, username: 'visitor', name: 'A Visitor' },
  { id: 20, username: 'group_90_bot_6f1d2c7a', name: 'KR hygiene', bot: true },
];

export const demoBot = 'group_90_bot_6f1d2c7a';
