import type { Topic } from './topic.ts'

export const kyoto: Topic = {
  name: 'three days in Kyoto',
  about: /kyoto|japan\b|trip|travel|itinerary|京都/i,
  reasoning: [
    '**Weighing the days**\n\nThree days are short. The eastern hills, Arashiyama and Fushimi lie in three directions, so one direction a day keeps the traveller out of buses.',
    '**Timing against the crowds**\n\nThe shrine gates at Fushimi are open all night, so they go first thing in the morning. The bamboo is best before eight. Markets close early, so lunch goes there.',
  ],
  openings: [
    (prompt) =>
      `For “${prompt}” I would spend the days by direction: east, west, south. You walk more and wait less.`,
    (prompt) =>
      `Here is a plan for “${prompt}”. It starts early and ends early, which in Kyoto is the whole trick.`,
  ],
  sections: [
    `## At a glance

| Day | Morning | Midday | Evening |
| --- | --- | --- | --- |
| 1 · East | Kiyomizu-dera 清水寺 | Lanes of Sannenzaka 三年坂 | Gion 祇園 by lantern light |
| 2 · West | Bamboo at Arashiyama 嵐山 | Tenryū-ji 天龍寺 garden | River path, tofu supper |
| 3 · South | Fushimi Inari 伏見稲荷 | Sake breweries 伏見の酒蔵 | Pontochō 先斗町 |`,
    `## Day 1: the eastern hills

Be at **Kiyomizu-dera** when it opens at six. The wooden stage stands thirteen metres above the maples, and for half an hour you will hear only brooms. Walk down through Sannenzaka while the shops take off their shutters, and have *yudofu* — tofu in a quiet broth — near Nanzen-ji.

In the afternoon follow the 哲学の道, the Philosopher's Path, northwards along its canal. It is two kilometres of cats, cherry trees and small cafés.`,
    [
      `## Day 2: Arashiyama

1. Take the first train on the Sagano line; sit on the left.
2. Walk through the bamboo **before** breakfast. By nine it is a queue.
3. In the garden of Tenryū-ji, look for the “borrowed scenery” (借景): the hill behind the pond belongs to the picture, but not to the temple.
4. Rent a bicycle and ride out to Ōkōchi Sansō. Matcha is part of the ticket.`,
      `## Day 2: Arashiyama, if it rains

Rain suits the west. Moss is greenest then, and the bamboo drips long after the sky is clear. Swap the bicycle for the small Randen tram (嵐電), which runs so close to the houses that you can read the door plates, and spend the dry hour in the hall of Tenryū-ji with the sliding doors open.`,
    ],
    `## Day 3: Fushimi

Ten thousand vermilion gates climb the hill of Fushimi Inari. Most people turn back at the first lookout; the second half is nearly empty. Afterwards, the brewery quarter lies twenty minutes to the south on foot:

- **Gekkeikan** museum: small, cheap, with a tasting;
- the canal with its flat-bottomed boats (十石舟), spring to autumn;
- *Toriseichō* for chicken and unfiltered sake, if you can bear a queue.`,
    `## Money and small things

- A stored-value card (ICOCA) pays for trains, buses, lockers and vending machines.
- Many temples take cash only. ¥500–¥1,000 each.
- “すみません” opens every conversation; “ごちそうさまでした” ends every meal.

Tell me the month, and I will adjust it for blossoms, heat or maple leaves. 🍁`,
  ],
}
