import type { Topic } from './topic.ts'

export const sourdough: Topic = {
  name: 'a loaf of bread',
  about: /bread|bak(e|ing)|dough|recipe|cook/i,
  reasoning: [
    '**Working back from the oven**\n\nThe baker needs times that fit a normal weekend, so I count back from breakfast on Sunday. Percentages of flour let anybody scale it.',
    '**What usually goes wrong**\n\nFlat loaves are mostly under-fermented. I will describe what the dough should look like rather than trust a clock.',
  ],
  openings: [
    (prompt) =>
      `For “${prompt}” you need flour, water, salt and patience. Only the last one is expensive.`,
    (prompt) => `“${prompt}” is mostly a matter of watching: the dough tells you when it is ready.`,
  ],
  sections: [
    `## The formula

| Ingredient | Weight | Of the flour |
| --- | ---: | ---: |
| Bread flour | 400 g | 80 % |
| Whole rye | 100 g | 20 % |
| Water, 28\u00A0°C | 360 g | 72 % |
| Ripe starter | 100 g | 20 % |
| Salt | 10 g | 2 % |

Scale it by the flour and everything else follows.`,
    `## Saturday

1. **14:00 · Mix** flour and water, no salt yet. Forty minutes of rest do more than ten minutes of kneading.
2. **14:40 · Add** starter and salt. Squeeze until you no longer feel grains.
3. **15:00–17:00 · Fold** four times, every half hour. Wet your hand, lift one side, lay it over. Turn the bowl, repeat.
4. **17:00–19:30 · Wait.** The dough is ready when it has grown by half, its rim is round, and it trembles like custard.
5. **19:30 · Shape** it on a bare table, put it seam-up into a basket, and into the fridge until morning.`,
    [
      `## Sunday

Heat the oven with its pot for 45 minutes at 250 °C. Tip the cold loaf onto paper, cut it once, *boldly*, and bake 20 minutes with the lid and 22 without. It is done when it sounds hollow and looks a little darker than you dare.

Then the hard part: an hour on the rack. The crumb is still setting, and a warm knife turns it to paste.`,
      `## Sunday, without a cast-iron pot

Put a tray at the bottom of the oven and let it get as hot as it will. Slide the loaf onto the second tray, throw four ice cubes onto the first, and close the door at once. After fifteen minutes let out the steam; bake another twenty-five. The crust will be thinner, and no worse for it.`,
    ],
    `## If something looks wrong

- *Flat, dense, gummy*: it wanted more time, not more flour.
- *Flat, but full of large holes*: it had too much time.
- *Pale*: leave it in. Colour is flavour.
- *Split at the side*: cut deeper on top; steam finds the weakest place.

Shall I turn this into a timetable for weekdays?`,
  ],
}
