BEGIN TRANSACTION;
CREATE TABLE decisions (
	decision VARCHAR NOT NULL, 
	PRIMARY KEY (decision)
);
INSERT INTO "decisions" VALUES('decision');
CREATE TABLE events (
	meeting VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	"by" VARCHAR, 
	cause VARCHAR NOT NULL, 
	part INTEGER NOT NULL, 
	type VARCHAR NOT NULL, 
	data VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (meeting, seq), 
	UNIQUE (meeting, cause, part)
);
INSERT INTO "events" VALUES('conseil-2026-11-22',1,'2026-11-22T17:30:01.000000+00:00','anne','act1',0,'Planned','{"channel":"channel","council":"council","ends":"2026-11-22T17:30:00Z","following":"2026-11-22T17:30:00Z","items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"lang":"fr","place":"place","proxies":[{"giver":"giver","holder":"holder","meetings":1}],"roster":[{"college":"college","member":"member","role":"chair"}],"rules":{"ballots":{"appointments_secret":true,"basis":"cast","casting_vote":true,"eldest":["eldest"],"roll_call":"1/3","secret":"1/3","threshold":"simple","tie":"eldest"},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"clear_days":1,"falls":"warn","proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true},"weights":{"weights":1}},"source":"source","starts":"2026-11-22T17:30:00Z","title":"title é","venue":"stage","waiver":{"held":"2026-11-22T17:30:00Z","meeting":"meeting"}}','97e2bec08ec106c27d2ef007430cd5c40b651a9ad5eb477b5c323e7333d2b4d9');
INSERT INTO "events" VALUES('conseil-2026-11-22',2,'2026-11-22T17:30:02.000000+00:00','anne','act2',0,'Convened','{}','2a40b2856b8f2b589e701b3f64f0ddb5333eaf493d9a19b4db7506254dddea7e');
INSERT INTO "events" VALUES('conseil-2026-11-22',3,'2026-11-22T17:30:03.000000+00:00','anne','act3',0,'Arrived','{"elsewhere":true,"member":"member"}','57ba81f5fc48c8dbd5be39f9f6e7f31361a3ada5ab91f1b16daaa4eac668bacc');
INSERT INTO "events" VALUES('conseil-2026-11-22',4,'2026-11-22T17:30:04.000000+00:00','anne','act4',0,'Left','{"member":"member"}','7a79c21ee1655d3e9ec1ccb0c5f1d138b40c19774740f46a350a57d0662568d1');
INSERT INTO "events" VALUES('conseil-2026-11-22',5,'2026-11-22T17:30:05.000000+00:00','anne','act5',0,'ProxyGiven','{"giver":"giver","holder":"holder"}','9f6f07ae4e6e0cf08df5aad18c3746990badb668f81619587bee37cc43cb8d37');
INSERT INTO "events" VALUES('conseil-2026-11-22',6,'2026-11-22T17:30:06.000000+00:00','anne','act6',0,'ProxyAccepted','{"giver":"giver"}','449fab151683375558d8d05f6f8ba6f7066287493104b9cd0642cce1920ca78f');
INSERT INTO "events" VALUES('conseil-2026-11-22',7,'2026-11-22T17:30:07.000000+00:00','anne','act7',0,'ProxyEnded','{"giver":"giver"}','d028cbf959e70e217d9ac42f0b74b1c88d74a7cf427d037f26a5464e4f26474b');
INSERT INTO "events" VALUES('conseil-2026-11-22',8,'2026-11-22T17:30:08.000000+00:00','anne','act8',0,'Opened','{"needed":1,"present":1}','6ca0c833af4552ebff0ec75323939eefad9d2a65a59db4bb4bcb9d82c4f8bcf2');
INSERT INTO "events" VALUES('conseil-2026-11-22',9,'2026-11-22T17:30:09.000000+00:00','anne','act9',0,'ItemOpened','{"number":1}','f75a4c96ddded31c866af4dba232b2125a886c05d72fc34b919f6b6fbacaefb3');
INSERT INTO "events" VALUES('conseil-2026-11-22',10,'2026-11-22T17:30:10.000000+00:00','anne','act10',0,'Adjourned','{}','1140bf28984a0b4fd7b24aca90d57cfde2702f71e29d814ca5293494b5bf147f');
INSERT INTO "events" VALUES('conseil-2026-11-22',11,'2026-11-22T17:30:11.000000+00:00','anne','act11',0,'HandRaised','{"kind":"speech","member":"member","native":true,"to":"to"}','848568cda9d2b6b5a55c5f92a5bafaff4b0c0af186f7e8297490b390d1d1bf29');
INSERT INTO "events" VALUES('conseil-2026-11-22',12,'2026-11-22T17:30:12.000000+00:00','anne','act12',0,'HandLowered','{"member":"member"}','ebf72eaa0fb02496cc72d1b0204b50f6eab633f6ba23e9bb4144780a5cdd2ab4');
INSERT INTO "events" VALUES('conseil-2026-11-22',13,'2026-11-22T17:30:13.000000+00:00','anne','act13',0,'FloorGiven','{"limit":1,"member":"member"}','cd8afea901710e8dc07925f43896e96e39023651e41453e6d59e8c4227098cc5');
INSERT INTO "events" VALUES('conseil-2026-11-22',14,'2026-11-22T17:30:14.000000+00:00','anne','act14',0,'FloorTaken','{"member":"member"}','02fa135462a05cdf0b9c0507426c52feed5585cd51f2d2f57aebe107b3bac7e4');
INSERT INTO "events" VALUES('conseil-2026-11-22',15,'2026-11-22T17:30:15.000000+00:00','anne','act15',0,'HandSkipped','{"member":"member"}','e1adb3175574c11ffe2d0f07b5d73bb4c7e563cc0fd6a845ca7accad03392c6c');
INSERT INTO "events" VALUES('conseil-2026-11-22',16,'2026-11-22T17:30:16.000000+00:00','anne','act16',0,'SpeechPutBack','{"member":"member"}','176ad090c46f1ada90bf2993d6e12014ec9508f30acd80b35b0ef7b94da14dc7');
INSERT INTO "events" VALUES('conseil-2026-11-22',17,'2026-11-22T17:30:17.000000+00:00','anne','act17',0,'SpeechExtended','{"member":"member","seconds":1}','6588e6c6c0377dcd9da511663bdcb841654dfd9a5e7f22fd023426e24ca3e8a5');
INSERT INTO "events" VALUES('conseil-2026-11-22',18,'2026-11-22T17:30:18.000000+00:00','anne','act18',0,'TimeUp','{"member":"member"}','2e5068878398a8fdebb54e9392bf6c16bc7244104f93acf0a69d48cd1cde915e');
INSERT INTO "events" VALUES('conseil-2026-11-22',19,'2026-11-22T17:30:19.000000+00:00','anne','act19',0,'ListClosed','{}','86ff6f9dd9327845fd0c7c48e3257f5319e1a8a19e2d3a8847bdfc1cda17e560');
INSERT INTO "events" VALUES('conseil-2026-11-22',20,'2026-11-22T17:30:20.000000+00:00','anne','act20',0,'ListReopened','{}','1fd45fe29e2e66b507ce9f5ccc8b949b608c2ce19926c506bfcadb7ce9acb7a3');
INSERT INTO "events" VALUES('conseil-2026-11-22',21,'2026-11-22T17:30:21.000000+00:00','anne','act21',0,'BallotAsked','{"manner":"roll-call","member":"member"}','31bd1c8a0a40ee1a95d8621adf9f1de393ae9cbdac2a16773b63bd9752535ae2');
INSERT INTO "events" VALUES('conseil-2026-11-22',22,'2026-11-22T17:30:22.000000+00:00','anne','act22',0,'BallotOpened','{"asked":"roll-call","askers":["askers"],"ballot":"ballot","basis":"cast","candidates":["candidates"],"commitment":"commitment","deadline":"2026-11-22T17:30:00Z","form":"motion","key":"key","motion":"motion é","of":"of","options":["options"],"round":1,"seats":1,"secret":true,"threshold":"simple","waived":true}','02d3ae62cc6710199653e178ca198e93ee37d4ecd71b239295be5084593a7a2e');
INSERT INTO "events" VALUES('conseil-2026-11-22',23,'2026-11-22T17:30:23.000000+00:00','anne','act23',0,'BallotCast.2','{"ballot":"ballot","mark":"mark","member":"member","proxy":"proxy","text":"text","weight":1}','f0688bd642ac06fed0e5c4a692cfd330b4804a6e2969513db918837e5a189db2');
INSERT INTO "events" VALUES('conseil-2026-11-22',24,'2026-11-22T17:30:24.000000+00:00','anne','act24',0,'VoteWithdrawn','{"ballot":"ballot","member":"member"}','6040183484ab676bc193ff201f4458db990fe5215628b51f0e81ce132a5fa3f1');
INSERT INTO "events" VALUES('conseil-2026-11-22',25,'2026-11-22T17:30:25.000000+00:00','anne','act25',0,'UrnOpened','{"ballot":"ballot","slips":[{"mark":"mark","receipt":"receipt"}]}','76ff26022ff4eb732417891aa3ac6220110f0d50f5becde7794b5032c8ed6931');
INSERT INTO "events" VALUES('conseil-2026-11-22',26,'2026-11-22T17:30:26.000000+00:00','anne','act26',0,'BallotClosed','{"ballot":"ballot","counts":[1],"decision":"decision","elected":[1],"outcome":"adopted","seed":"seed","tally":{"abstain":1,"against":1,"for_":1,"out":1},"total":1,"why":"majority"}','7faf2b227b0f90c076947c5cd3113404bdb8e0b7aeb71bf8c6ad53723720617e');
INSERT INTO "events" VALUES('conseil-2026-11-22',27,'2026-11-22T17:30:27.000000+00:00','anne','act27',0,'BallotAnnulled','{"ballot":"ballot","reason":"reason"}','fe7fcefceae2cbf38ff835a9c19afd332282888c227e795e7d28e6c26ede1a3a');
INSERT INTO "events" VALUES('conseil-2026-11-22',28,'2026-11-22T17:30:28.000000+00:00','anne','act28',0,'RecordingStarted','{}','f2d823249fecf9dcbd97d743cde6af3a1f3149ac385021b4b40b5f34ec434056');
INSERT INTO "events" VALUES('conseil-2026-11-22',29,'2026-11-22T17:30:29.000000+00:00','anne','act29',0,'RecordingInterrupted','{"end":"2026-11-22T17:30:00Z","start":"2026-11-22T17:30:00Z"}','de81fa51f04343bc2b68846e1843e7d5fbe0c4b3cc833a781d678d99c3d89ce8');
INSERT INTO "events" VALUES('conseil-2026-11-22',30,'2026-11-22T17:30:30.000000+00:00','anne','act30',0,'RecordingTroubled','{"code":"code"}','b0d5dda3444a2d59f9b33942fce1707c3875443598d43d4652f97f968c07b054');
INSERT INTO "events" VALUES('conseil-2026-11-22',31,'2026-11-22T17:30:31.000000+00:00','anne','act31',0,'RecordingStopped','{}','695246f8957ef48e9a1cde53ddb5177956fb0f62103ed6cf96c746c0c861303e');
INSERT INTO "events" VALUES('conseil-2026-11-22',32,'2026-11-22T17:30:32.000000+00:00','anne','act32',0,'UtteranceRecorded','{"end":"2026-11-22T17:30:00Z","member":"member","start":"2026-11-22T17:30:00Z","utterance":"utterance"}','8f43e859050a394dbfbda459a62f9752055ccb45474c9720ddf89fb2f0d87873');
INSERT INTO "events" VALUES('conseil-2026-11-22',33,'2026-11-22T17:30:33.000000+00:00','anne','act33',0,'UtteranceTranscribed','{"digest":"digest","model":"model","utterance":"utterance"}','e4341cd865dd26831fae2811b1b3633d2947cb0fcb1d37d809254c0b30480b7c');
INSERT INTO "events" VALUES('conseil-2026-11-22',34,'2026-11-22T17:30:34.000000+00:00','anne','act34',0,'MinutesDrafted','{"digest":"digest"}','b5b1319943dfe44e705e21d7f43214fc3c51ec3941e325961ba06248488adc7e');
INSERT INTO "events" VALUES('conseil-2026-11-22',35,'2026-11-22T17:30:35.000000+00:00','anne','act35',0,'Posted','{"ref":"ref","surface":"surface"}','7b32128660a571952d124b66b28e19671500bf5768e589e72aa1e0e4519bee72');
INSERT INTO "events" VALUES('conseil-2026-11-22',36,'2026-11-22T17:30:36.000000+00:00','anne','act36',0,'Suspended','{"until":"2026-11-22T17:30:00Z"}','bd0b2225d671743a132dc60c1fd94dcdb67d31e45129e537204b2b6cd22e76a3');
INSERT INTO "events" VALUES('conseil-2026-11-22',37,'2026-11-22T17:30:37.000000+00:00','anne','act37',0,'Resumed','{}','1a75d1f662498a8f3b62ed26704ecba5707afc437238eccaa14563301d6af5fa');
INSERT INTO "events" VALUES('conseil-2026-11-22',38,'2026-11-22T17:30:38.000000+00:00','anne','act38',0,'ClosedSessionAsked','{"member":"member"}','78e80f5c44227e8e1d9f6d9848ee4c0411f6b095ffcebcd7a8afec638109ace5');
INSERT INTO "events" VALUES('conseil-2026-11-22',39,'2026-11-22T17:30:39.000000+00:00','anne','act39',0,'ClosedSessionPut','{"ballot":"ballot"}','9c5065f75ae13aadb82ebd788d3bbcd1e8a24f27cf7c72ae258be958142308ec');
INSERT INTO "events" VALUES('conseil-2026-11-22',40,'2026-11-22T17:30:40.000000+00:00','anne','act40',0,'ClosedSessionBegun','{"ballot":"ballot"}','d0c5328464691110576b278202f459ff4ceff03c1d5d2530edbffb7e7b7823c1');
INSERT INTO "events" VALUES('conseil-2026-11-22',41,'2026-11-22T17:30:41.000000+00:00','anne','act41',0,'ClosedSessionEnded','{}','ca80fd7ff99b21d3c2e82624b701c6661d74976e9587fc734de3cb6534627cee');
INSERT INTO "events" VALUES('conseil-2026-11-22',42,'2026-11-22T17:30:42.000000+00:00','anne','act42',0,'ItemMoved','{"before":1,"number":1}','213e2ed0b4593ba3710c075d9c0c95b0faeddb7a777deca86f0dea8604369f96');
INSERT INTO "events" VALUES('conseil-2026-11-22',43,'2026-11-22T17:30:43.000000+00:00','anne','act43',0,'ItemWithdrawn','{"number":1}','cc85eb19749859d6f3ce8fd0f8fe380fce7625d46f9b0c163fc30bdf7002476f');
INSERT INTO "events" VALUES('conseil-2026-11-22',44,'2026-11-22T17:30:44.000000+00:00','anne','act44',0,'ItemPostponed','{"number":1}','299e401c28415dd813b9fca738fa821c4324525146e01e1eaa1cb0f39985e350');
INSERT INTO "events" VALUES('conseil-2026-11-22',45,'2026-11-22T17:30:45.000000+00:00','anne','act45',0,'ItemAdded','{"item":{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}}','3aa6a6654b88fa47072959a2495ecbed43f81a08bc4b82ae7b6ac2fdec2a5ccf');
INSERT INTO "events" VALUES('conseil-2026-11-22',46,'2026-11-22T17:30:46.000000+00:00','anne','act46',0,'GavelHanded','{"member":"member"}','da6e7f74ed9c8cd6a341a458b2a2a53ce6a3e23b3df369ed5d4a1280bde08f2a');
INSERT INTO "events" VALUES('conseil-2026-11-22',47,'2026-11-22T17:30:47.000000+00:00','anne','act47',0,'Excused','{"member":"member"}','23b31ce1774c5029dc891e828615c5c9a1127f154746172230b50e047748de19');
INSERT INTO "events" VALUES('conseil-2026-11-22',48,'2026-11-22T17:30:48.000000+00:00','anne','act48',0,'ExcuseWithdrawn','{"member":"member"}','fc78189ba0e24cd12c2c3c234f79d7d99d15ea25f03499c6fc301e63bed3a5ed');
INSERT INTO "events" VALUES('conseil-2026-11-22',49,'2026-11-22T17:30:49.000000+00:00','anne','act49',0,'QuorumLost','{"needed":1,"present":1}','403c6d8a1f11453586beb7606b15311c33d9dcb764c8ee071be817ecf7101a0f');
INSERT INTO "events" VALUES('conseil-2026-11-22',50,'2026-11-22T17:30:50.000000+00:00','anne','act50',0,'QuorumRegained','{"needed":1,"present":1}','6648f16a8aa84ad21977313d9b41cb82446a60b797bf725c62e13742d52755ae');
INSERT INTO "events" VALUES('conseil-2026-11-22',51,'2026-11-22T17:30:51.000000+00:00','anne','act51',0,'Reconvened','{"starts":"2026-11-22T17:30:00Z"}','63b30fe2fada34b1e113c56115c6180880ea5bd4a8718a4cca03fc599bcff240');
INSERT INTO "events" VALUES('conseil-2026-11-22',52,'2026-11-22T17:30:52.000000+00:00','anne','act52',0,'LineCorrected','{"digest":"digest","line":"line"}','ad63393b45591ce7dd4b5c4689c17741aae33173696cf04d155fd5924bce821c');
INSERT INTO "events" VALUES('conseil-2026-11-22',53,'2026-11-22T17:30:53.000000+00:00','anne','act53',0,'LineStruck','{"line":"line"}','b161d4b6bdb5e0ebea56fd40c673976a3038efeb0bb547937c6403b88853ee56');
INSERT INTO "events" VALUES('conseil-2026-11-22',54,'2026-11-22T17:30:54.000000+00:00','anne','act54',0,'LineRestored','{"line":"line"}','bcc1888a10ec3f416b05ade79a850bc4cc8cf93a64da0167c9f9fa40bc45dc13');
INSERT INTO "events" VALUES('conseil-2026-11-22',55,'2026-11-22T17:30:55.000000+00:00','anne','act55',0,'LineAttributed','{"line":"line","member":"member"}','18fda5a9c6febb34b20b0ab5f8dc923e81ef8467307c7c9adcbdf011e270fb93');
INSERT INTO "events" VALUES('conseil-2026-11-22',56,'2026-11-22T17:30:56.000000+00:00','anne','act56',0,'LineMoved','{"item":1,"line":"line"}','8b477369ed4fb87be8ff78d3556aa4de335bd8cc1175dcc6aedec83379dfcd9f');
INSERT INTO "events" VALUES('conseil-2026-11-22',57,'2026-11-22T17:30:57.000000+00:00','anne','act57',0,'LineSplit','{"at":"2026-11-22T17:30:00Z","digest":"digest","line":"line","part":"part","rest":"rest"}','d0138c52b5bb8fb87f7bf9a53a2e0de746f9ced2dfe7389a185914edbb8ec0eb');
INSERT INTO "events" VALUES('conseil-2026-11-22',58,'2026-11-22T17:30:58.000000+00:00','anne','act58',0,'LinesMerged','{"digest":"digest","into":"into","line":"line"}','af2416c4ef71f7ccf0c6f68a09fde330da82eb9641f7cb070ce95690188de027');
INSERT INTO "events" VALUES('conseil-2026-11-22',59,'2026-11-22T17:30:59.000000+00:00','anne','act59',0,'ReviewUndone','{"act":1}','bc23c20df31f8a9afff68460fb37170481991b6931294726629bb5d0593532e9');
CREATE TABLE people (
	member VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (member)
);
INSERT INTO "people" VALUES('anne','Anne Martin');
CREATE TABLE secrets (
	ballot VARCHAR NOT NULL, 
	private VARCHAR NOT NULL, 
	seed VARCHAR NOT NULL, 
	PRIMARY KEY (ballot)
);
INSERT INTO "secrets" VALUES('running','c1da0ae6bbf15015053350d6d99798b9073064d620530956ac727f3dd38849cb','846ee6fc05712272f4436f3da4440fe975fc560062e8d468cdbf1c7b9190f3dc');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	sealed VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('b5a4f12fa5172005296d448260b96018','running','9ba5cf0b23b19efe196d99d0ceea9a84d83a4b489dcc1bea4233dc6006419960aac75eb288588b9303f95a883a5922d650f2887f6b7a615644c6bf364d34bf6dbc2c04e5b2900aa0e0a96fd471f2414ccf28219c50f6321bf79483df12c3a46aebc3fb8677c3a3c3b31aa759a63ebff17e87d84026de84e69a743c1350bdbf57defa89af0e9d65801eff1f2c0ea37499100ed48e6f0affc5d02307459d2e3f79829bfadbd779662092989012df724ef186ae17dc0ecf09e3eeb97925250d8445424560e3e1a39a03de5d187ed1ad6ba3');
CREATE TABLE versions (
	meeting VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	line VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (meeting, digest)
);
CREATE TABLE words (
	utterance VARCHAR NOT NULL, 
	meeting VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	confidence FLOAT NOT NULL, 
	doubtful INTEGER NOT NULL, 
	PRIMARY KEY (utterance)
);
INSERT INTO "words" VALUES('utterance','conseil-2026-11-22','Bonsoir à tous.','fr',-0.25,1);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE INDEX ix_urn_ballot ON urn (ballot);
CREATE INDEX ix_words_meeting ON words (meeting);
COMMIT;
