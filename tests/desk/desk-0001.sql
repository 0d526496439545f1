BEGIN TRANSACTION;
CREATE TABLE claims (
	number INTEGER NOT NULL, 
	coding INTEGER NOT NULL, 
	id VARCHAR NOT NULL, 
	type VARCHAR NOT NULL, 
	mode VARCHAR, 
	status VARCHAR NOT NULL, 
	trigger_start INTEGER NOT NULL, 
	trigger_end INTEGER NOT NULL, 
	mentions JSON NOT NULL, 
	place_text TEXT, 
	place_name TEXT, 
	place_country VARCHAR, 
	place_lat DOUBLE, 
	place_lon DOUBLE, 
	place_precision VARCHAR, 
	place_gazetteer VARCHAR, 
	place_search TEXT NOT NULL, 
	time_start DATE, 
	time_end DATE, 
	time_precision VARCHAR, 
	attributed_to TEXT, 
	killed_low INTEGER, 
	killed_high INTEGER, 
	injured_low INTEGER, 
	injured_high INTEGER, 
	evidence JSON NOT NULL, 
	CONSTRAINT pk_claims PRIMARY KEY (number), 
	CONSTRAINT uq_claims_coding_id UNIQUE (coding, id), 
	CONSTRAINT fk_claims_coding FOREIGN KEY(coding) REFERENCES codings (number)
);
INSERT INTO "claims" VALUES(1,1,'9d470abe52918387.f4e79370','RETREAT','ceasefire','happened',78,89,'[{"start":0,"end":174},{"start":176,"end":254},{"start":1098,"end":1142},{"start":2031,"end":2118}]','Hodeidah','Hodeidah','YEM',14.7978,42.9545,'town','geonames:79415',' hodeidah hodeidah','2022-04-02','2022-04-02','day',NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.54","start":78,"end":89},{"field":"type","because":"model 0.54","start":84,"end":89},{"field":"mode","because":"model 0.74","start":84,"end":89},{"field":"status","because":"model 0.98","start":1102,"end":1107},{"field":"actors[0]","because":"model 0.87","start":99,"end":113},{"field":"actors[0].name","because":"actors.csv:un","start":99,"end":113},{"field":"actors[0].country","because":"actors.csv:un","start":99,"end":113},{"field":"actors[0].sector","because":"actors.csv:un","start":99,"end":113},{"field":"actors[0].actor","because":"actors.csv:un","start":99,"end":113},{"field":"actors[1]","because":"model 0.78","start":131,"end":149},{"field":"actors[1].name","because":"actors.csv:ye-gov","start":131,"end":149},{"field":"actors[1].country","because":"actors.csv:ye-gov","start":131,"end":149},{"field":"actors[1].sector","because":"actors.csv:ye-gov","start":131,"end":149},{"field":"actors[1].actor","because":"actors.csv:ye-gov","start":131,"end":149},{"field":"place","because":"rule carried from sentence 4","start":379,"end":387},{"field":"time","because":"rule weekday","start":219,"end":227},{"field":"mentions[1]","because":"same event: likeness +1.8, the later one is \"the\" +0.8, same mode +0.5, sentences apart -0.4","start":180,"end":185},{"field":"mentions[2]","because":"same event: likeness +2.0, sentences apart -1.3, the later one is \"the\" +0.8, other place -0.4","start":1102,"end":1107},{"field":"mentions[3]","because":"same event: likeness +2.0, sentences apart -1.6, the later one is \"the\" +0.8, other status -0.6","start":2059,"end":2064}]');
INSERT INTO "claims" VALUES(2,1,'9d470abe52918387.99c80ef4','CONSULT',NULL,'happened',114,122,'[{"start":0,"end":174}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.71","start":114,"end":122},{"field":"type","because":"model 0.71","start":114,"end":122},{"field":"mode","because":"model 0.53","start":114,"end":122},{"field":"status","because":"model 0.93","start":114,"end":122},{"field":"actors[0]","because":"model 0.98","start":99,"end":113},{"field":"actors[0].name","because":"actors.csv:un","start":99,"end":113},{"field":"actors[0].country","because":"actors.csv:un","start":99,"end":113},{"field":"actors[0].sector","because":"actors.csv:un","start":99,"end":113},{"field":"actors[0].actor","because":"actors.csv:un","start":99,"end":113},{"field":"actors[1]","because":"model 0.83","start":131,"end":149},{"field":"actors[1].name","because":"actors.csv:ye-gov","start":131,"end":149},{"field":"actors[1].country","because":"actors.csv:ye-gov","start":131,"end":149},{"field":"actors[1].sector","because":"actors.csv:ye-gov","start":131,"end":149},{"field":"actors[1].actor","because":"actors.csv:ye-gov","start":131,"end":149},{"field":"recipients[0]","because":"model 0.75","start":154,"end":173},{"field":"recipients[0].name","because":"actors.csv:ye-houthis","start":154,"end":173},{"field":"recipients[0].country","because":"actors.csv:ye-houthis","start":154,"end":173},{"field":"recipients[0].sector","because":"actors.csv:ye-houthis","start":154,"end":173},{"field":"recipients[0].actor","because":"actors.csv:ye-houthis","start":154,"end":173}]');
INSERT INTO "claims" VALUES(3,1,'9d470abe52918387.592fd646','ASSAULT',NULL,'ongoing',290,298,'[{"start":255,"end":310}]','Hodeidah','Hodeidah','YEM',14.7978,42.9545,'town','geonames:79415',' hodeidah hodeidah','2016-01-01','2022-04-05','span',NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.89","start":290,"end":298},{"field":"type","because":"model 0.89","start":290,"end":298},{"field":"mode","because":"model 1.00","start":290,"end":298},{"field":"status","because":"model 0.89","start":290,"end":298},{"field":"place","because":"rule carried from sentence 4","start":379,"end":387},{"field":"time","because":"rule since","start":299,"end":309}]');
INSERT INTO "claims" VALUES(4,1,'9d470abe52918387.381ae0fd','RETREAT',NULL,'expected',356,359,'[{"start":311,"end":462}]','Hodeidah','Hodeidah','YEM',14.7978,42.9545,'town','geonames:79415',' hodeidah hodeidah',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.68","start":356,"end":359},{"field":"type","because":"model 0.68","start":356,"end":359},{"field":"mode","because":"model 0.69","start":356,"end":359},{"field":"status","because":"rule will","start":356,"end":359},{"field":"actors[0]","because":"model 1.00","start":327,"end":350},{"field":"actors[0].name","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"actors[0].country","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"actors[0].sector","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"actors[0].actor","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"place","because":"model 0.97; gazetteer:geonames:79415; scene YEM 0.79; population 734,699; 148 km from Sanaa","start":379,"end":387}]');
INSERT INTO "claims" VALUES(5,1,'9d470abe52918387.c72269a5','RETREAT','withdraw','expected',430,435,'[{"start":311,"end":462}]','Sanaa','Sanaa','YEM',15.3545,44.2065,'town','geonames:71137',' sanaa sanaa',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.61","start":430,"end":435},{"field":"type","because":"model 0.61","start":430,"end":435},{"field":"mode","because":"model 0.95","start":430,"end":435},{"field":"status","because":"model 0.75","start":430,"end":435},{"field":"place","because":"model 0.82; gazetteer:geonames:71137; population 1,937,451; scene YEM 0.79; a capital","start":436,"end":441}]');
INSERT INTO "claims" VALUES(6,1,'9d470abe52918387.5cef99f3','ASSAULT',NULL,'happened',504,512,'[{"start":464,"end":627},{"start":678,"end":779}]','Sanaa','Sanaa','YEM',15.3545,44.2065,'town','geonames:71137',' sanaa sanaa',NULL,NULL,NULL,'Hans Grundberg',NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.76","start":504,"end":512},{"field":"type","because":"model 0.76","start":504,"end":512},{"field":"mode","because":"model 0.98","start":504,"end":512},{"field":"status","because":"model 0.86","start":757,"end":762},{"field":"attributed_to","because":"model 0.96","start":464,"end":492},{"field":"actors[0]","because":"model 0.96","start":729,"end":740},{"field":"actors[0].name","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"actors[0].country","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"actors[0].sector","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"actors[0].actor","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"place","because":"rule carried from sentence 4","start":436,"end":441},{"field":"mentions[1]","because":"same event: the later one is \"the\" +0.8, sentences apart -0.6, likeness +0.4, same place +0.2","start":757,"end":762}]');
INSERT INTO "claims" VALUES(7,1,'9d470abe52918387.ac2ec1c4','REQUEST','change','happened',631,636,'[{"start":628,"end":676}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 1.00","start":631,"end":636},{"field":"type","because":"model 1.00","start":631,"end":636},{"field":"mode","because":"model 0.53","start":631,"end":636},{"field":"status","because":"model 0.98","start":631,"end":636},{"field":"actors[0]","because":"rule pronoun he","start":327,"end":350},{"field":"actors[0].name","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"actors[0].country","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"actors[0].sector","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"actors[0].actor","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"recipients[0]","because":"rule split antecedent","start":468,"end":470},{"field":"recipients[0].name","because":"actors.csv:un","start":468,"end":470},{"field":"recipients[0].country","because":"actors.csv:un","start":468,"end":470},{"field":"recipients[0].sector","because":"actors.csv:un","start":468,"end":470},{"field":"recipients[0].actor","because":"actors.csv:un","start":468,"end":470},{"field":"recipients[1]","because":"rule split antecedent","start":620,"end":625},{"field":"recipients[1].name","because":"rule bare words","start":620,"end":625}]');
INSERT INTO "claims" VALUES(8,1,'9d470abe52918387.43289a0e','ACCUSE','allege','happened',721,728,'[{"start":678,"end":779}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 1.00","start":721,"end":728},{"field":"type","because":"model 1.00","start":721,"end":728},{"field":"mode","because":"triggers.csv:accuse-violation-claim","start":721,"end":728},{"field":"status","because":"model 0.98","start":721,"end":728},{"field":"actors[0]","because":"model 1.00","start":678,"end":720},{"field":"actors[0].name","because":"rule plain words","start":678,"end":720},{"field":"actors[0].country","because":"scene YEM","start":678,"end":720},{"field":"actors[0].sector","because":"roles.csv:ministers","start":678,"end":720},{"field":"recipients[0]","because":"model 1.00","start":729,"end":740},{"field":"recipients[0].name","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"recipients[0].country","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"recipients[0].sector","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"recipients[0].actor","because":"actors.csv:ye-houthis","start":729,"end":740}]');
INSERT INTO "claims" VALUES(9,1,'9d470abe52918387.9a72c585','ASSAULT',NULL,'happened',744,752,'[{"start":678,"end":779}]','Sanaa','Sanaa','YEM',15.3545,44.2065,'town','geonames:71137',' sanaa sanaa',NULL,NULL,NULL,'The information minister of the government',NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.27","start":744,"end":752},{"field":"type","because":"model 0.27","start":744,"end":752},{"field":"mode","because":"model 0.79","start":744,"end":752},{"field":"status","because":"model 0.84","start":744,"end":752},{"field":"attributed_to","because":"model 0.99","start":678,"end":720},{"field":"actors[0]","because":"model 1.00","start":729,"end":740},{"field":"actors[0].name","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"actors[0].country","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"actors[0].sector","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"actors[0].actor","because":"actors.csv:ye-houthis","start":729,"end":740},{"field":"place","because":"rule carried from sentence 4","start":436,"end":441}]');
INSERT INTO "claims" VALUES(10,1,'9d470abe52918387.95f19d80','ASSAULT','heavy-weapons','happened',808,815,'[{"start":780,"end":897}]','Marib','Marib','YEM',15.4625,45.3258,'town','geonames:72968',' marib marib','2022-04-03','2022-04-03','day','Saudi-led coalition',1,1,NULL,NULL,'[{"field":"trigger","because":"model 0.99","start":808,"end":815},{"field":"type","because":"model 0.99","start":808,"end":815},{"field":"mode","because":"triggers.csv:assault-shelled","start":808,"end":815},{"field":"status","because":"model 0.98","start":808,"end":815},{"field":"attributed_to","because":"model 1.00","start":327,"end":350},{"field":"actors[0]","because":"model 1.00","start":788,"end":803},{"field":"actors[0].name","because":"actors.csv:ye-houthis","start":788,"end":803},{"field":"actors[0].country","because":"actors.csv:ye-houthis","start":788,"end":803},{"field":"actors[0].sector","because":"actors.csv:ye-houthis","start":788,"end":803},{"field":"actors[0].actor","because":"actors.csv:ye-houthis","start":788,"end":803},{"field":"recipients[0]","because":"model 0.96","start":816,"end":830},{"field":"recipients[0].name","because":"rule plain words","start":816,"end":830},{"field":"recipients[0].sector","because":"roles.csv:army","start":816,"end":830},{"field":"recipients[0].country","because":"rule country of the place","start":816,"end":830},{"field":"place","because":"model 0.51; gazetteer:geonames:72968; scene YEM 0.79; population 16,794; 121 km from Sanaa","start":839,"end":844},{"field":"time","because":"rule weekday","start":863,"end":869},{"field":"killed","because":"rule toll","start":878,"end":896}]');
INSERT INTO "claims" VALUES(11,1,'9d470abe52918387.1ce0ef5c','ASSAULT',NULL,'happened',974,982,'[{"start":940,"end":1065}]','Hajjah province','Hajjah province','YEM',16.1127,43.3106,'region','ne:YEM/hajjah',' hajjah province hajjah province',NULL,NULL,NULL,'Saudi-led coalition',NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.96","start":974,"end":982},{"field":"type","because":"model 0.96","start":974,"end":982},{"field":"mode","because":"model 0.91","start":974,"end":982},{"field":"status","because":"model 0.95","start":974,"end":982},{"field":"attributed_to","because":"model 1.00","start":327,"end":350},{"field":"actors[0]","because":"model 0.99","start":953,"end":969},{"field":"actors[0].name","because":"rule plain words","start":953,"end":969},{"field":"actors[0].sector","because":"roles.csv:coalition","start":953,"end":969},{"field":"actors[0].country","because":"rule country of the place","start":953,"end":969},{"field":"recipients[0]","because":"model 0.97","start":983,"end":995},{"field":"recipients[0].name","because":"rule plain words","start":983,"end":995},{"field":"recipients[0].sector","because":"roles.csv:checkpoint","start":983,"end":995},{"field":"recipients[0].country","because":"rule country of the place","start":983,"end":995},{"field":"place","because":"model 0.97; gazetteer:ne:YEM/hajjah; scene YEM 0.79; population 43,590; fits a region","start":999,"end":1014}]');
INSERT INTO "claims" VALUES(12,1,'9d470abe52918387.3299ef3b','ASSAULT','aerial','happened',1039,1044,'[{"start":940,"end":1065}]','Taiz','Taiz','YEM',13.5795,44.0209,'town','geonames:70225',' taiz taiz',NULL,NULL,NULL,'Saudi-led coalition',NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.80","start":1039,"end":1044},{"field":"type","because":"model 0.80","start":1039,"end":1044},{"field":"mode","because":"model 0.40","start":1039,"end":1044},{"field":"status","because":"model 0.97","start":1039,"end":1044},{"field":"attributed_to","because":"model 0.99","start":327,"end":350},{"field":"actors[0]","because":"model 0.97","start":1024,"end":1034},{"field":"actors[0].name","because":"rule plain words","start":1024,"end":1034},{"field":"actors[0].sector","because":"roles.csv:spies","start":1024,"end":1034},{"field":"actors[0].country","because":"rule country of the place","start":1024,"end":1034},{"field":"recipients[0]","because":"model 0.66","start":1050,"end":1054},{"field":"recipients[0].name","because":"rule bare words","start":1050,"end":1054},{"field":"place","because":"model 0.94; gazetteer:geonames:70225; population 940,600; scene YEM 0.79; 178 km from Hodeidah","start":1050,"end":1054}]');
INSERT INTO "claims" VALUES(13,1,'9d470abe52918387.75d0e6e9','ASSAULT',NULL,'happened',1133,1141,'[{"start":1098,"end":1142}]','Taiz','Taiz','YEM',13.5795,44.0209,'town','geonames:70225',' taiz taiz',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.84","start":1133,"end":1141},{"field":"type","because":"model 0.84","start":1133,"end":1141},{"field":"mode","because":"model 1.00","start":1133,"end":1141},{"field":"status","because":"model 0.86","start":1133,"end":1141},{"field":"place","because":"rule carried from sentence 10","start":1050,"end":1054}]');
INSERT INTO "claims" VALUES(14,1,'9d470abe52918387.f36b54de','ASSAULT','destroy','happened',1182,1185,'[{"start":1143,"end":1217}]','Jeddah','Jeddah','SAU',21.4901,39.1862,'town','geonames:105343',' jeddah jeddah','2022-03-25','2022-03-25','day',NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.80","start":1182,"end":1185},{"field":"type","because":"model 0.80","start":1182,"end":1185},{"field":"mode","because":"triggers.csv:assault-set-fire","start":1182,"end":1185},{"field":"status","because":"model 0.97","start":1182,"end":1185},{"field":"recipients[0]","because":"model 1.00","start":1194,"end":1206},{"field":"recipients[0].name","because":"rule plain words","start":1194,"end":1206},{"field":"recipients[0].sector","because":"roles.csv:refinery","start":1194,"end":1206},{"field":"recipients[0].country","because":"rule country of the place","start":1194,"end":1206},{"field":"place","because":"model 1.00; gazetteer:geonames:105343; population 4,697,000; the best known of the name; its usual name","start":1210,"end":1216},{"field":"time","because":"rule date","start":1146,"end":1154}]');
INSERT INTO "claims" VALUES(15,1,'9d470abe52918387.81653389','ASSAULT','aerial','happened',1243,1249,'[{"start":1218,"end":1379}]','Sanaa','Sanaa','YEM',15.3545,44.2065,'town','geonames:71137',' sanaa sanaa','2022-03-25','2022-03-25','day','Houthi health officials',8,8,NULL,NULL,'[{"field":"trigger","because":"model 0.99","start":1243,"end":1249},{"field":"type","because":"model 0.99","start":1243,"end":1249},{"field":"mode","because":"triggers.csv:assault-warplanes-bombed","start":1243,"end":1249},{"field":"status","because":"model 0.98","start":1243,"end":1249},{"field":"attributed_to","because":"model 0.99","start":1355,"end":1378},{"field":"actors[0]","because":"model 1.00","start":1218,"end":1237},{"field":"actors[0].name","because":"rule plain words","start":1218,"end":1237},{"field":"actors[0].sector","because":"roles.csv:coalition","start":1218,"end":1237},{"field":"actors[0].country","because":"rule country of the place","start":1218,"end":1237},{"field":"recipients[0]","because":"model 0.87","start":1250,"end":1255},{"field":"recipients[0].name","because":"countries.csv:YEM capital","start":1250,"end":1255},{"field":"recipients[0].country","because":"countries.csv:YEM capital","start":1250,"end":1255},{"field":"recipients[0].sector","because":"rule a country stands for its government","start":1250,"end":1255},{"field":"recipients[1]","because":"model 1.00","start":1289,"end":1301},{"field":"recipients[1].name","because":"rule plain words","start":1289,"end":1301},{"field":"recipients[1].sector","because":"roles.csv:people","start":1289,"end":1301},{"field":"recipients[1].country","because":"rule country of the place","start":1289,"end":1301},{"field":"recipients[2]","because":"rule parse","start":1260,"end":1268},{"field":"recipients[2].name","because":"rule bare words","start":1260,"end":1268},{"field":"place","because":"model 0.98; gazetteer:geonames:71137; population 1,937,451; scene YEM 0.79; a capital","start":1250,"end":1255},{"field":"time","because":"rule carried from sentence 13","start":1146,"end":1154},{"field":"killed","because":"rule toll","start":1273,"end":1301}]');
INSERT INTO "claims" VALUES(16,1,'9d470abe52918387.a193912c','SANCTION','discontinue','happened',1410,1419,'[{"start":1381,"end":1467}]','Yemen','Yemen','YEM',15.0,48.0,'country','country:YEM',' yemen yemen','2022-03-30','2022-03-30','day',NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.97","start":1410,"end":1419},{"field":"type","because":"model 0.97","start":1410,"end":1419},{"field":"mode","because":"model 0.69","start":1410,"end":1419},{"field":"status","because":"model 0.96","start":1410,"end":1419},{"field":"actors[0]","because":"rule description ''the coalition''","start":327,"end":350},{"field":"actors[0].name","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"actors[0].country","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"actors[0].sector","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"actors[0].actor","because":"actors.csv:ye-coalition","start":327,"end":350},{"field":"place","because":"model 0.99; gazetteer:country:YEM; population 7,021,999; is a country; scene YEM 0.79","start":1442,"end":1447},{"field":"time","because":"rule weekday","start":1381,"end":1395}]');
INSERT INTO "claims" VALUES(17,1,'9d470abe52918387.edf38d98','REJECT','meet','happened',1531,1540,'[{"start":1468,"end":1560}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'','2022-03-30','2022-03-30','day',NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.57","start":1531,"end":1540},{"field":"type","because":"model 0.57","start":1531,"end":1540},{"field":"mode","because":"model 0.43","start":1531,"end":1540},{"field":"status","because":"model 0.94","start":1531,"end":1540},{"field":"actors[0]","because":"model 1.00","start":1468,"end":1479},{"field":"actors[0].name","because":"actors.csv:ye-houthis","start":1468,"end":1479},{"field":"actors[0].country","because":"actors.csv:ye-houthis","start":1468,"end":1479},{"field":"actors[0].sector","because":"actors.csv:ye-houthis","start":1468,"end":1479},{"field":"actors[0].actor","because":"actors.csv:ye-houthis","start":1468,"end":1479},{"field":"time","because":"rule carried from sentence 15","start":1381,"end":1395}]');
INSERT INTO "claims" VALUES(18,1,'9d470abe52918387.83393ee5','AGREE',NULL,'happened',1586,1592,'[{"start":1562,"end":1714}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.99","start":1586,"end":1592},{"field":"type","because":"model 0.99","start":1586,"end":1592},{"field":"mode","because":"model 1.00","start":1586,"end":1592},{"field":"status","because":"model 0.96","start":1586,"end":1592},{"field":"actors[0]","because":"rule split antecedent","start":1218,"end":1227},{"field":"actors[0].name","because":"rule plain words","start":1218,"end":1227},{"field":"actors[0].country","because":"rule a coalition of states","start":1218,"end":1227},{"field":"actors[0].sector","because":"roles.csv:coalition","start":1218,"end":1227},{"field":"actors[1]","because":"rule split antecedent","start":1250,"end":1255},{"field":"actors[1].name","because":"countries.csv:YEM capital","start":1250,"end":1255},{"field":"actors[1].country","because":"countries.csv:YEM capital","start":1250,"end":1255},{"field":"actors[1].sector","because":"rule a country stands for its government","start":1250,"end":1255}]');
INSERT INTO "claims" VALUES(19,1,'9d470abe52918387.6220ab04','COOPERATE',NULL,'expected',1609,1617,'[{"start":1562,"end":1714}]','Yemen','Yemen','YEM',15.0,48.0,'country','country:YEM',' yemen yemen',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.70","start":1609,"end":1617},{"field":"type","because":"model 0.70","start":1609,"end":1617},{"field":"mode","because":"model 1.00","start":1609,"end":1617},{"field":"status","because":"model 0.59","start":1609,"end":1617},{"field":"actors[0]","because":"rule split antecedent","start":1218,"end":1227},{"field":"actors[0].name","because":"rule plain words","start":1218,"end":1227},{"field":"actors[0].country","because":"rule a coalition of states","start":1218,"end":1227},{"field":"actors[0].sector","because":"roles.csv:coalition","start":1218,"end":1227},{"field":"actors[1]","because":"rule split antecedent","start":1250,"end":1255},{"field":"actors[1].name","because":"countries.csv:YEM capital","start":1250,"end":1255},{"field":"actors[1].country","because":"countries.csv:YEM capital","start":1250,"end":1255},{"field":"actors[1].sector","because":"rule a country stands for its government","start":1250,"end":1255},{"field":"place","because":"rule carried from sentence 15","start":1442,"end":1447}]');
INSERT INTO "claims" VALUES(20,1,'9d470abe52918387.b9853ae0','COERCE','restrict','ongoing',1772,1780,'[{"start":1738,"end":1818}]','Taiz, which Houthi forces have besieged for seven years','Taiz','YEM',13.5795,44.0209,'town','geonames:70225',' taiz which houthi forces have besieged for seven years taiz','2015-04-05','2022-04-05','span',NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"triggers.csv:coerce-siege","start":1772,"end":1780},{"field":"type","because":"triggers.csv:coerce-siege","start":1772,"end":1780},{"field":"mode","because":"triggers.csv:coerce-siege","start":1772,"end":1780},{"field":"status","because":"model 0.67","start":1772,"end":1780},{"field":"actors[0]","because":"model 0.86","start":1753,"end":1766},{"field":"actors[0].name","because":"actors.csv:ye-houthis","start":1753,"end":1766},{"field":"actors[0].country","because":"actors.csv:ye-houthis","start":1753,"end":1766},{"field":"actors[0].sector","because":"actors.csv:ye-houthis","start":1753,"end":1766},{"field":"actors[0].actor","because":"actors.csv:ye-houthis","start":1753,"end":1766},{"field":"place","because":"model 0.93; gazetteer:geonames:70225; population 940,600; scene YEM 0.79; 178 km from Hodeidah","start":1741,"end":1796},{"field":"time","because":"rule for","start":1781,"end":1796}]');
INSERT INTO "claims" VALUES(21,1,'9d470abe52918387.c438b6ab','RETREAT',NULL,'happened',1825,1831,'[{"start":1819,"end":1915}]','Taiz, which Houthi forces have besieged for seven years','Taiz','YEM',13.5795,44.0209,'town','geonames:70225',' taiz which houthi forces have besieged for seven years taiz',NULL,NULL,NULL,'Nabil Saeed',NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.70","start":1825,"end":1831},{"field":"type","because":"model 0.70","start":1825,"end":1831},{"field":"mode","because":"model 0.64","start":1825,"end":1831},{"field":"status","because":"model 0.96","start":1825,"end":1831},{"field":"attributed_to","because":"model 0.98","start":1892,"end":1903},{"field":"actors[0]","because":"rule pronoun they","start":1753,"end":1766},{"field":"actors[0].name","because":"actors.csv:ye-houthis","start":1753,"end":1766},{"field":"actors[0].country","because":"actors.csv:ye-houthis","start":1753,"end":1766},{"field":"actors[0].sector","because":"actors.csv:ye-houthis","start":1753,"end":1766},{"field":"actors[0].actor","because":"actors.csv:ye-houthis","start":1753,"end":1766},{"field":"recipients[0]","because":"model 0.70","start":1832,"end":1840},{"field":"recipients[0].name","because":"rule plain words","start":1832,"end":1840},{"field":"place","because":"rule carried from sentence 19","start":1741,"end":1796}]');
INSERT INTO "claims" VALUES(22,1,'9d470abe52918387.e07ac42f','CONSULT',NULL,'expected',1935,1939,'[{"start":1916,"end":2029}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.95","start":1935,"end":1939},{"field":"type","because":"model 0.95","start":1935,"end":1939},{"field":"mode","because":"model 0.78","start":1935,"end":1939},{"field":"status","because":"model 0.91","start":1935,"end":1939}]');
INSERT INTO "claims" VALUES(23,1,'9d470abe52918387.87e0eb75','REQUEST',NULL,'denied',2021,2028,'[{"start":1916,"end":2029}]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.60","start":2021,"end":2028},{"field":"type","because":"model 0.60","start":2021,"end":2028},{"field":"mode","because":"model 0.63","start":2021,"end":2028},{"field":"status","because":"model 0.56","start":2021,"end":2028},{"field":"actors[0]","because":"model 0.92","start":1969,"end":1991},{"field":"actors[0].name","because":"rule plain words","start":1969,"end":1991},{"field":"actors[0].sector","because":"roles.csv:government","start":1969,"end":1991}]');
INSERT INTO "claims" VALUES(24,1,'9d470abe52918387.0521df24','ASSAULT',NULL,'possible',2150,2156,'[{"start":2119,"end":2192}]','Marib','Marib','YEM',15.4625,45.3258,'town','geonames:72968',' marib marib',NULL,NULL,NULL,'Western diplomat',NULL,NULL,NULL,NULL,'[{"field":"trigger","because":"model 0.99","start":2150,"end":2156},{"field":"type","because":"model 0.99","start":2150,"end":2156},{"field":"mode","because":"model 1.00","start":2150,"end":2156},{"field":"status","because":"rule may","start":2150,"end":2156},{"field":"attributed_to","because":"model 0.59","start":2031,"end":2049},{"field":"place","because":"model 0.96; gazetteer:geonames:72968; scene YEM 0.79; population 16,794; 121 km from Sanaa","start":2161,"end":2166}]');
CREATE TABLE codings (
	number INTEGER NOT NULL, 
	run INTEGER NOT NULL, 
	report VARCHAR(16) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_codings PRIMARY KEY (number), 
	CONSTRAINT uq_codings_run_report UNIQUE (run, report), 
	CONSTRAINT fk_codings_run FOREIGN KEY(run) REFERENCES runs (number), 
	CONSTRAINT fk_codings_report FOREIGN KEY(report) REFERENCES reports (id)
);
INSERT INTO "codings" VALUES(1,1,'9d470abe52918387','2026-11-27 21:29:25.091554');
CREATE TABLE desk_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT desk_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "desk_version" VALUES('0001');
CREATE TABLE failures (
	number INTEGER NOT NULL, 
	run INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	source TEXT NOT NULL, 
	stage VARCHAR NOT NULL, 
	reason TEXT NOT NULL, 
	CONSTRAINT pk_failures PRIMARY KEY (number), 
	CONSTRAINT fk_failures_run FOREIGN KEY(run) REFERENCES runs (number)
);
INSERT INTO "failures" VALUES(1,1,'2026-11-27 21:29:25.101155','broken.txt','read','no story found: nothing in it reads like a sentence');
CREATE TABLE parties (
	claim INTEGER NOT NULL, 
	side VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	name TEXT NOT NULL, 
	country VARCHAR, 
	sector VARCHAR, 
	actor VARCHAR, 
	search TEXT NOT NULL, 
	CONSTRAINT pk_parties PRIMARY KEY (claim, side, position), 
	CONSTRAINT fk_parties_claim FOREIGN KEY(claim) REFERENCES claims (number)
);
INSERT INTO "parties" VALUES(1,'actors',0,'United Nations','United Nations','UNO',NULL,'un',' united nations united nations');
INSERT INTO "parties" VALUES(1,'actors',1,'Yemen''s government','Government of Yemen','YEM','GOV','ye-gov',' yemens government government of yemen');
INSERT INTO "parties" VALUES(2,'actors',0,'United Nations','United Nations','UNO',NULL,'un',' united nations united nations');
INSERT INTO "parties" VALUES(2,'actors',1,'Yemen''s government','Government of Yemen','YEM','GOV','ye-gov',' yemens government government of yemen');
INSERT INTO "parties" VALUES(2,'recipients',0,'the Houthi movement','Houthis','YEM','REB','ye-houthis',' houthi movement houthis');
INSERT INTO "parties" VALUES(4,'actors',0,'the Saudi-led coalition','Saudi-led coalition','IGO','MIL','ye-coalition',' saudi led coalition saudi led coalition');
INSERT INTO "parties" VALUES(6,'actors',0,'the Houthis','Houthis','YEM','REB','ye-houthis',' houthis houthis');
INSERT INTO "parties" VALUES(7,'actors',0,'the Saudi-led coalition','Saudi-led coalition','IGO','MIL','ye-coalition',' saudi led coalition saudi led coalition');
INSERT INTO "parties" VALUES(7,'recipients',0,'UN','United Nations','UNO',NULL,'un',' un united nations');
INSERT INTO "parties" VALUES(7,'recipients',1,'Marib','Marib',NULL,NULL,NULL,' marib marib');
INSERT INTO "parties" VALUES(8,'actors',0,'The information minister of the government','information minister','YEM','GOV',NULL,' information minister of the government information minister');
INSERT INTO "parties" VALUES(8,'recipients',0,'the Houthis','Houthis','YEM','REB','ye-houthis',' houthis houthis');
INSERT INTO "parties" VALUES(9,'actors',0,'the Houthis','Houthis','YEM','REB','ye-houthis',' houthis houthis');
INSERT INTO "parties" VALUES(10,'actors',0,'Houthi fighters','Houthis','YEM','REB','ye-houthis',' houthi fighters houthis');
INSERT INTO "parties" VALUES(10,'recipients',0,'army positions','army positions','YEM','MIL',NULL,' army positions army positions');
INSERT INTO "parties" VALUES(11,'actors',0,'coalition drones','coalition drones','YEM','MIL',NULL,' coalition drones coalition drones');
INSERT INTO "parties" VALUES(11,'recipients',0,'a checkpoint','checkpoint','YEM','MIL',NULL,' a checkpoint checkpoint');
INSERT INTO "parties" VALUES(12,'actors',0,'spy planes','spy planes','YEM','SPY',NULL,' spy planes spy planes');
INSERT INTO "parties" VALUES(12,'recipients',0,'Taiz','Taiz',NULL,NULL,NULL,' taiz taiz');
INSERT INTO "parties" VALUES(14,'recipients',0,'a fuel depot','fuel depot','SAU','BUS',NULL,' a fuel depot fuel depot');
INSERT INTO "parties" VALUES(15,'actors',0,'Coalition warplanes','Coalition warplanes','YEM','MIL',NULL,' coalition warplanes coalition warplanes');
INSERT INTO "parties" VALUES(15,'recipients',0,'Sanaa','Yemen','YEM','GOV',NULL,' sanaa yemen');
INSERT INTO "parties" VALUES(15,'recipients',1,'eight people','people','YEM','CVL',NULL,' eight people people');
INSERT INTO "parties" VALUES(15,'recipients',2,'Hodeidah','Hodeidah',NULL,NULL,NULL,' hodeidah hodeidah');
INSERT INTO "parties" VALUES(16,'actors',0,'the Saudi-led coalition','Saudi-led coalition','IGO','MIL','ye-coalition',' saudi led coalition saudi led coalition');
INSERT INTO "parties" VALUES(17,'actors',0,'The Houthis','Houthis','YEM','REB','ye-houthis',' houthis houthis');
INSERT INTO "parties" VALUES(18,'actors',0,'Coalition','Coalition','IGO','MIL',NULL,' coalition coalition');
INSERT INTO "parties" VALUES(18,'actors',1,'Sanaa','Yemen','YEM','GOV',NULL,' sanaa yemen');
INSERT INTO "parties" VALUES(19,'actors',0,'Coalition','Coalition','IGO','MIL',NULL,' coalition coalition');
INSERT INTO "parties" VALUES(19,'actors',1,'Sanaa','Yemen','YEM','GOV',NULL,' sanaa yemen');
INSERT INTO "parties" VALUES(20,'actors',0,'Houthi forces','Houthis','YEM','REB','ye-houthis',' houthi forces houthis');
INSERT INTO "parties" VALUES(21,'actors',0,'Houthi forces','Houthis','YEM','REB','ye-houthis',' houthi forces houthis');
INSERT INTO "parties" VALUES(21,'recipients',0,'the port','port',NULL,NULL,NULL,' port port');
INSERT INTO "parties" VALUES(23,'actors',0,'government negotiators','government negotiators',NULL,'GOV',NULL,' government negotiators government negotiators');
CREATE TABLE reports (
	number INTEGER NOT NULL, 
	id VARCHAR(16) NOT NULL, 
	title TEXT, 
	byline TEXT, 
	outlet TEXT, 
	original_outlet TEXT, 
	published DATE, 
	original_published DATE, 
	language VARCHAR NOT NULL, 
	url TEXT, 
	source TEXT, 
	licence TEXT, 
	regions JSON NOT NULL, 
	themes JSON NOT NULL, 
	series JSON NOT NULL, 
	media JSON NOT NULL, 
	notes JSON NOT NULL, 
	text TEXT NOT NULL, 
	boilerplate JSON NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY (number), 
	CONSTRAINT uq_reports_id UNIQUE (id)
);
INSERT INTO "reports" VALUES(1,'9d470abe52918387','Three days into Yemen''s truce, guns are quieter but not silent','Samira al-Qadhi','Tihama Herald',NULL,'2022-04-05',NULL,'en',NULL,'yemen-2022-04-05.md','© 2022 Tihama Herald. Texts are free to reuse under a Creative Commons Attribution licence (CC BY 4.0).','[]','[]','[]','["https://img.tihamaherald.example/tanker.jpg"]','[]','A first tanker with fuel reached the port of Hodeidah on Monday under the two-month truce that the United Nations brokered between Yemen''s government and the Houthi movement.

The truce began at seven in the evening on Saturday, the first day of Ramadan. It is the first nationwide halt to fighting since 2016. Under its terms the Saudi-led coalition will let 18 fuel ships into Hodeidah, and two commercial flights a week are to leave Sanaa for Amman and Cairo.

The UN envoy, Hans Grundberg, said that violence had dropped sharply, but that he had received reports of "hostile military activities, particularly around Marib". He urged both sides to refrain from provocation.

The information minister of the government accused the Houthis of breaking the truce dozens of times. He said Houthi fighters had shelled army positions west of Marib with artillery on Sunday and had killed one soldier.

A Houthi military spokesman denied this. He said that coalition drones had attacked a checkpoint in Hajjah province and that spy planes had flown over Taiz all night. The coalition has not replied.

The truce followed a steep rise in violence. On 25 March Houthi missiles and drones set fire to a fuel depot in Jeddah. Coalition warplanes then bombed Sanaa and Hodeidah and killed at least eight people, including five children and two women, according to Houthi health officials.

Last Wednesday the coalition suspended its operations inside Yemen for the holy month. The Houthis, who had announced a three-day pause of their own, dismissed that step at first.

The two sides have also agreed in principle to exchange prisoners: about 1,400 Houthi captives for 823 from the government''s side, among them 16 Saudis. No date has been set.

In Taiz, which Houthi forces have besieged for seven years, nothing has changed. "They opened the port for ships, but nobody opens the road for us," said Nabil Saeed, a teacher. The parties are to meet on the opening of roads, but government negotiators say that they have yet to be invited.

A Western diplomat said the truce may be extended in June if the flights start in time. If they do not, he warned, the battle for Marib could resume within days.','["**Tihama Herald** | 5 April 2022","*By Samira al-Qadhi in Aden*","![The tanker at anchor](https://img.tihamaherald.example/tanker.jpg)","## A bloody week before","**Related:** [Who holds what around Marib?](https://tihamaherald.example/map)","[Subscribe to our newsletter](https://tihamaherald.example/letter) | [Follow us on Facebook](https://facebook.com/tihamaherald.example)","© 2022 Tihama Herald. Texts are free to reuse under a Creative Commons Attribution licence (CC BY 4.0)."]');
CREATE TABLE run_ends (
	run INTEGER NOT NULL, 
	finished DATETIME NOT NULL, 
	stopped BOOLEAN NOT NULL, 
	CONSTRAINT pk_run_ends PRIMARY KEY (run), 
	CONSTRAINT fk_run_ends_run FOREIGN KEY(run) REFERENCES runs (number)
);
INSERT INTO "run_ends" VALUES(1,'2026-11-27 21:29:25.102609',0);
CREATE TABLE runs (
	number INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	tables VARCHAR NOT NULL, 
	model VARCHAR NOT NULL, 
	started DATETIME NOT NULL, 
	CONSTRAINT pk_runs PRIMARY KEY (number)
);
INSERT INTO "runs" VALUES(1,'0.1.0','6a346e13406a','123b41871508','2026-11-27 21:29:21.994250');
CREATE INDEX ix_failures_source ON failures (source);
CREATE INDEX ix_codings_report ON codings (report);
CREATE INDEX ix_claims_id ON claims (id);
CREATE INDEX ix_claims_time_start ON claims (time_start);
CREATE INDEX ix_parties_country ON parties (country);
CREATE INDEX ix_parties_actor ON parties (actor);
CREATE TRIGGER runs_refuse_update BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER runs_refuse_delete BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER run_ends_refuse_update BEFORE UPDATE ON run_ends BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER run_ends_refuse_delete BEFORE DELETE ON run_ends BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER reports_refuse_update BEFORE UPDATE ON reports BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER reports_refuse_delete BEFORE DELETE ON reports BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER codings_refuse_update BEFORE UPDATE ON codings BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER codings_refuse_delete BEFORE DELETE ON codings BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER claims_refuse_update BEFORE UPDATE ON claims BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER claims_refuse_delete BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER parties_refuse_update BEFORE UPDATE ON parties BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER parties_refuse_delete BEFORE DELETE ON parties BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER failures_refuse_update BEFORE UPDATE ON failures BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
CREATE TRIGGER failures_refuse_delete BEFORE DELETE ON failures BEGIN SELECT RAISE(ABORT, 'facts are never changed or deleted'); END;
COMMIT;
