"""From parsed passages to claims. Start at ``coder``, the loop, and ``reading``, one report; then each module by the step at which it
works, which its docstring names too.

====================== ============================================================================================================
0 the text             ``truecasing`` lines in capitals, and clocks of live blogs, before the model parses them
1 the report           ``digests`` several reports in one, ``toponyms`` cut names of towns, ``scene`` where it plays, ``cast`` its
                       people, ``coreference`` of pronouns (``entity_mentions``, ``antecedents``), ``split_antecedents`` ("both sides"),
                       ``chronology`` dates over lines
2 events of a passage  ``what``, ``manner`` ("together"), ``said_of`` others, ``role_reversal`` (who "hit a mine"), ``speech_acts``,
                       ``nested_events``, ``truce_fates`` (what becomes of a truce), ``two_places`` (of one sentence)
3 each event: who      ``parties``, ``role_arcs`` less ``bystanders`` and ``owners``, ``joined_events`` and answers to it, what is done
                       to ``each_other``, ``counted`` ("six of them"), ``coordination`` ("U.S. and Iraqi forces"), ``who`` a phrase
                       means, ``known`` by a listed name, ``role_nouns``, ``affiliation`` (whose), ``naming``
  of what type         ``retyping``, by who takes part; by who says so: speech acts again
  how real             ``status``, ``undone`` (what was not done)
  who says so          ``attribution``, ``quotation``
  where                ``placing``, ``place_arguments`` (which words), ``where`` (which place), ``placewords``,
                       ``toponym_resolution``, ``place_anaphora`` ("the city"), ``geometry``, ``place_sharing`` (told near by)
  when                 ``dating``, ``time_arguments`` (which words), ``when`` (which period), ``lengths``, ``datelines``; the grammar:
                       ``timegrammar``, ``timepoints``, ``timespans``, ``timeanchors``, ``periods``
  how many             ``tolls``, ``toll_events`` (of which event)
4 all events together  ``inheritance`` (the parties of a list, what is denied); places and tolls are carried from step 3
5 the claims           ``event_coreference`` which events are one, ``event_contradictions`` which are not, ``event_pairs`` what two
                       have in common, ``event_anaphora`` ("the attack"); ``merging`` which mention gives which value
of all steps           ``draft`` a mention and its values, ``tree`` a passage, ``phrase`` a noun phrase, ``lexicon`` classes of words
====================== ============================================================================================================
"""
