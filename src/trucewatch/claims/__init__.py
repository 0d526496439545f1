"""From parsed passages to claims. Start at ``coder``, the one loop, and ``reading``, one report; a module answers one question.

==================== ======================================================================================================
one mention          ``draft`` its values, ``tree`` its sentence, ``phrase`` a noun phrase, ``lexicon`` words by their classes
the text             ``truecasing`` lines in capitals, ``digests`` several reports in one, ``quotation`` who is quoted
which event          ``what``, ``nested_events`` told within another, ``speech_acts`` done in words, ``said_of`` others
how real             ``status``, ``undone`` (what was not done)
who takes part       ``role_arcs``, ``role_reversal`` (who "hit a mine"), ``parties``, ``coordination`` ("U.S. and Iraqi forces")
who somebody is      ``who``, ``known`` by a listed name, ``role_nouns``, ``affiliation`` (whose), ``naming``, ``cast`` of a report
whom a word means    ``coreference``, ``entity_mentions`` that it looks at, ``antecedents`` that fit
who says so          ``attribution``
where                ``placing``, ``place_arguments`` (which words), ``where`` (which place), ``toponyms``, ``toponym_resolution``,
                     ``place_anaphora`` ("the city"), ``placewords``, ``scene`` of a report, ``geometry``
when                 ``dating``, ``time_arguments`` (which words), ``when`` (which period), ``datelines``, ``chronology``; the grammar:
                     ``timegrammar``, ``timepoints``, ``timespans``, ``timeanchors``, ``periods``
how many             ``tolls``, ``tollforms``
which are one event  ``event_coreference``, ``event_anaphora`` ("the attack"), ``inheritance`` (what one has of another)
==================== ======================================================================================================
"""
