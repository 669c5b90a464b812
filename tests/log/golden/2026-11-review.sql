BEGIN TRANSACTION;
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
INSERT INTO "events" VALUES('conseil-2026-11-22',1,'2026-11-22T17:30:01.000000+00:00','anne','act1',0,'Planned','{"channel":"channel","council":"council","ends":"2026-11-22T17:30:00Z","following":"2026-11-22T17:30:00Z","items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"lang":"fr","place":"place","proxies":[{"giver":"giver","holder":"holder","meetings":1}],"roster":[{"college":"college","member":"member","role":"chair"}],"rules":{"ballots":{"casting_vote":true,"roll_call":"1/3","secret":"1/3"},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true}},"source":"source","starts":"2026-11-22T17:30:00Z","title":"title é","venue":"stage"}','ecbacb45888de0066c526e061f19568ba00239c12592962173ba528ae60d71a9');
INSERT INTO "events" VALUES('conseil-2026-11-22',2,'2026-11-22T17:30:02.000000+00:00','anne','act2',0,'Convened','{}','7291514cad0b99617a3e40a3dd587f7e20f8695b885e60b71f211addce28f502');
INSERT INTO "events" VALUES('conseil-2026-11-22',3,'2026-11-22T17:30:03.000000+00:00','anne','act3',0,'Arrived','{"member":"member"}','bbc470c1ac1b7a1ea2684278e4f31171d596501b56bf394d34d7a03923b9c446');
INSERT INTO "events" VALUES('conseil-2026-11-22',4,'2026-11-22T17:30:04.000000+00:00','anne','act4',0,'Left','{"member":"member"}','bd06dc353ed7a136fc0a5a60440e8ae38640130d21c63c2c61446a8cb84058f7');
INSERT INTO "events" VALUES('conseil-2026-11-22',5,'2026-11-22T17:30:05.000000+00:00','anne','act5',0,'ProxyGiven','{"giver":"giver","holder":"holder"}','30695362e036b8dd0afea1cdfe991a046f83a53e7be1035392c89a2e28d57277');
INSERT INTO "events" VALUES('conseil-2026-11-22',6,'2026-11-22T17:30:06.000000+00:00','anne','act6',0,'ProxyAccepted','{"giver":"giver"}','02a08a61243991e1bf34fa0118c7e0e3380e8b9357fb36187204ab62d8cbcf3c');
INSERT INTO "events" VALUES('conseil-2026-11-22',7,'2026-11-22T17:30:07.000000+00:00','anne','act7',0,'ProxyEnded','{"giver":"giver"}','deba3ef9edcc590535b0facdaa10f45935e07580e1ab9405e91d6e9aed58dc09');
INSERT INTO "events" VALUES('conseil-2026-11-22',8,'2026-11-22T17:30:08.000000+00:00','anne','act8',0,'Opened','{"needed":1,"present":1}','475ce80e7e24bac7e245bad6585e1580bbe3fdf6083416c8357d49ef90918cef');
INSERT INTO "events" VALUES('conseil-2026-11-22',9,'2026-11-22T17:30:09.000000+00:00','anne','act9',0,'ItemOpened','{"number":1}','5099995b0bec86c3ef9b52efecc0c14bd947e14ce671c826a0d44f90342b3248');
INSERT INTO "events" VALUES('conseil-2026-11-22',10,'2026-11-22T17:30:10.000000+00:00','anne','act10',0,'Adjourned','{}','1dc0dc6ae576995aeb07700e36ba56fbfb6251cf498394545d1e34ab46b1b618');
INSERT INTO "events" VALUES('conseil-2026-11-22',11,'2026-11-22T17:30:11.000000+00:00','anne','act11',0,'HandRaised','{"kind":"speech","member":"member","native":true,"to":"to"}','e3e76806786643770ac9e3e1e502fe6c6c8e6963496258c017bd5e91340043b2');
INSERT INTO "events" VALUES('conseil-2026-11-22',12,'2026-11-22T17:30:12.000000+00:00','anne','act12',0,'HandLowered','{"member":"member"}','f9202de08c1a9277db3969ed6bdeb5db4be9c0579c2c5974e7f9bb9e9097e2e3');
INSERT INTO "events" VALUES('conseil-2026-11-22',13,'2026-11-22T17:30:13.000000+00:00','anne','act13',0,'FloorGiven','{"limit":1,"member":"member"}','7928efb136d252ca4929f44db4521cd88cbaea46cb77d3dfaef80490f03ab819');
INSERT INTO "events" VALUES('conseil-2026-11-22',14,'2026-11-22T17:30:14.000000+00:00','anne','act14',0,'FloorTaken','{"member":"member"}','fbd49e7c2257b783542218b9be872bdfab1ff1dfb667f63d26e2890cbc7a9415');
INSERT INTO "events" VALUES('conseil-2026-11-22',15,'2026-11-22T17:30:15.000000+00:00','anne','act15',0,'HandSkipped','{"member":"member"}','f894a911cfeb0be87cf266928003c9b2750558d37f52b0e73d99ddf3dcfc72b9');
INSERT INTO "events" VALUES('conseil-2026-11-22',16,'2026-11-22T17:30:16.000000+00:00','anne','act16',0,'SpeechPutBack','{"member":"member"}','f115b169a6d5d4b74a9cd9327c7b409fbe0a54dc9c715d56be4f1094fe8a4a94');
INSERT INTO "events" VALUES('conseil-2026-11-22',17,'2026-11-22T17:30:17.000000+00:00','anne','act17',0,'SpeechExtended','{"member":"member","seconds":1}','a7faa07e3aee48f9bc65e5c2057f8e0e7e336250c85cf48bfa8f1415a3aa5385');
INSERT INTO "events" VALUES('conseil-2026-11-22',18,'2026-11-22T17:30:18.000000+00:00','anne','act18',0,'TimeUp','{"member":"member"}','ed48a217942db9dd3603e7cb1a301c620af426aea9574c265ad83d66e904bde8');
INSERT INTO "events" VALUES('conseil-2026-11-22',19,'2026-11-22T17:30:19.000000+00:00','anne','act19',0,'ListClosed','{}','0ddbe4426167692eca523c62a27648293c56fcf5d907ef97a35eeb9ce0f097ed');
INSERT INTO "events" VALUES('conseil-2026-11-22',20,'2026-11-22T17:30:20.000000+00:00','anne','act20',0,'ListReopened','{}','1a4becacf808fbcfc6226e685b6386a8150ba6106a3983923f1297b0c0b01e44');
INSERT INTO "events" VALUES('conseil-2026-11-22',21,'2026-11-22T17:30:21.000000+00:00','anne','act21',0,'BallotAsked','{"manner":"roll-call","member":"member"}','6066a879e81e9b49f6c3a361136c83eb8b30281191ee8b47a82aca88a08310dd');
INSERT INTO "events" VALUES('conseil-2026-11-22',22,'2026-11-22T17:30:22.000000+00:00','anne','act22',0,'BallotOpened','{"asked":"roll-call","askers":["askers"],"ballot":"ballot","motion":"motion é","secret":true}','f4dda9aa9a864d336da0b82c1fbe83285227309c98677d81b6806642b64c3844');
INSERT INTO "events" VALUES('conseil-2026-11-22',23,'2026-11-22T17:30:23.000000+00:00','anne','act23',0,'BallotCast','{"ballot":"ballot","choice":"for","member":"member","proxy":"proxy"}','3ce83ac6828f4fc213451c080e91548b0ee1a1c3ef60701650e8a761bb96a2c4');
INSERT INTO "events" VALUES('conseil-2026-11-22',24,'2026-11-22T17:30:24.000000+00:00','anne','act24',0,'VoteWithdrawn','{"ballot":"ballot","member":"member"}','399c22a3dae7ec7fc8f683b4c002dcd8b030a4bb5435f5a2fb4038ea0a05b62d');
INSERT INTO "events" VALUES('conseil-2026-11-22',25,'2026-11-22T17:30:25.000000+00:00','anne','act25',0,'BallotClosed','{"ballot":"ballot","decision":"decision","outcome":"adopted","tally":{"abstain":1,"against":1,"for_":1,"out":1},"why":"majority"}','474ff27f47628470c193baf55e46540d40fd73855533ff2d8eb1afb621f4413e');
INSERT INTO "events" VALUES('conseil-2026-11-22',26,'2026-11-22T17:30:26.000000+00:00','anne','act26',0,'RecordingStarted','{}','c342ebc355a5c7d1b9200e594b102760bdf6c305ba340a1ec49187433eaf5880');
INSERT INTO "events" VALUES('conseil-2026-11-22',27,'2026-11-22T17:30:27.000000+00:00','anne','act27',0,'RecordingInterrupted','{"end":"2026-11-22T17:30:00Z","start":"2026-11-22T17:30:00Z"}','18d29020bf04c3b3af7a9581d21eb933850c8637fb2e2734842358298cc6d6ee');
INSERT INTO "events" VALUES('conseil-2026-11-22',28,'2026-11-22T17:30:28.000000+00:00','anne','act28',0,'RecordingTroubled','{"code":"code"}','8b4ee7a43a2c563578140347facce3b9bec5ee3939fc7a489750385541289e1b');
INSERT INTO "events" VALUES('conseil-2026-11-22',29,'2026-11-22T17:30:29.000000+00:00','anne','act29',0,'RecordingStopped','{}','050e13c2315e529b7109006421accf73f0acd34d350f31afea4ec5dbe76174df');
INSERT INTO "events" VALUES('conseil-2026-11-22',30,'2026-11-22T17:30:30.000000+00:00','anne','act30',0,'UtteranceRecorded','{"end":"2026-11-22T17:30:00Z","member":"member","start":"2026-11-22T17:30:00Z","utterance":"utterance"}','ad689e512d20a82e37aae620cf28b2e1252c398ed514c618cd29d375e3a5eef8');
INSERT INTO "events" VALUES('conseil-2026-11-22',31,'2026-11-22T17:30:31.000000+00:00','anne','act31',0,'UtteranceTranscribed','{"digest":"digest","model":"model","utterance":"utterance"}','ac3acbb96f45a46929bb075f8878b3ef342e4d8178d696410bf51e5b42b5b0a0');
INSERT INTO "events" VALUES('conseil-2026-11-22',32,'2026-11-22T17:30:32.000000+00:00','anne','act32',0,'MinutesDrafted','{"digest":"digest"}','751c059af73f5bc2462291c8d088ec9b2bf3f5922365be9cddce5f5dbe4bc867');
INSERT INTO "events" VALUES('conseil-2026-11-22',33,'2026-11-22T17:30:33.000000+00:00','anne','act33',0,'Posted','{"ref":"ref","surface":"surface"}','84ae7e87eecb268e89e947c2708f0de1d7376a5bccc742cf247fc76b10b4046c');
INSERT INTO "events" VALUES('conseil-2026-11-22',34,'2026-11-22T17:30:34.000000+00:00','anne','act34',0,'Suspended','{"until":"2026-11-22T17:30:00Z"}','6d40b5d4190a5a5c20192d51fc82841f26343abbfe095fbc506f2134f604a391');
INSERT INTO "events" VALUES('conseil-2026-11-22',35,'2026-11-22T17:30:35.000000+00:00','anne','act35',0,'Resumed','{}','8c4ce9623de0ac95bf338f2ed83b732f490e2c7a1bb87206236f12a2dcf4cb9e');
INSERT INTO "events" VALUES('conseil-2026-11-22',36,'2026-11-22T17:30:36.000000+00:00','anne','act36',0,'ClosedSessionAsked','{"member":"member"}','73a99de77b4385283fea353f6c1a3b7454c4d769551037c1e2d8598351881548');
INSERT INTO "events" VALUES('conseil-2026-11-22',37,'2026-11-22T17:30:37.000000+00:00','anne','act37',0,'ClosedSessionPut','{"ballot":"ballot"}','489029ab8737171dd0dedc785d7bd094c8e6cfb4e64481f28320ca23fea7894c');
INSERT INTO "events" VALUES('conseil-2026-11-22',38,'2026-11-22T17:30:38.000000+00:00','anne','act38',0,'ClosedSessionBegun','{"ballot":"ballot"}','1eb2829ec25aeae8119bbca8cfa5a2f19352183398ebeecb3af1bc9b95856356');
INSERT INTO "events" VALUES('conseil-2026-11-22',39,'2026-11-22T17:30:39.000000+00:00','anne','act39',0,'ClosedSessionEnded','{}','041cbd7f87279de37974252a988d576dadb2e7148a074d3acd7432b7403dcd4e');
INSERT INTO "events" VALUES('conseil-2026-11-22',40,'2026-11-22T17:30:40.000000+00:00','anne','act40',0,'ItemMoved','{"before":1,"number":1}','89d4ad6d64bdfb16868f9c83349671273ea685403f1399faff1013c8c5288bd9');
INSERT INTO "events" VALUES('conseil-2026-11-22',41,'2026-11-22T17:30:41.000000+00:00','anne','act41',0,'ItemWithdrawn','{"number":1}','5ddf82383e080108727b8f1ceb48bc1b78a71aa70df3e957b0672c918dc3f30e');
INSERT INTO "events" VALUES('conseil-2026-11-22',42,'2026-11-22T17:30:42.000000+00:00','anne','act42',0,'ItemPostponed','{"number":1}','d7db5755139fe3b41057cbebd5708cb7ea2dafcc12a634c4a69a208eab003d96');
INSERT INTO "events" VALUES('conseil-2026-11-22',43,'2026-11-22T17:30:43.000000+00:00','anne','act43',0,'ItemAdded','{"item":{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}}','0c8c3cb039c190b373bae12063f5bef2cf8a215c37f05c30f4caaab9afc2c7a5');
INSERT INTO "events" VALUES('conseil-2026-11-22',44,'2026-11-22T17:30:44.000000+00:00','anne','act44',0,'GavelHanded','{"member":"member"}','bf6768d1a31a8159a7eb81e64947afb4e6c312c864b0e8f62ed339058fbca646');
INSERT INTO "events" VALUES('conseil-2026-11-22',45,'2026-11-22T17:30:45.000000+00:00','anne','act45',0,'LineCorrected','{"digest":"digest","line":"line"}','c298655c6a6a4c4fe46244bc123b9ce1be88871610e382ec17f1340b0c87568f');
INSERT INTO "events" VALUES('conseil-2026-11-22',46,'2026-11-22T17:30:46.000000+00:00','anne','act46',0,'LineStruck','{"line":"line"}','9e6b894869af48dc710e533200f38877545939cd02f2392cd0b21376c0ada581');
INSERT INTO "events" VALUES('conseil-2026-11-22',47,'2026-11-22T17:30:47.000000+00:00','anne','act47',0,'LineRestored','{"line":"line"}','a92f157500a354a6552a24d831baddb461520c29147cb5bc60c2322da0239fbe');
INSERT INTO "events" VALUES('conseil-2026-11-22',48,'2026-11-22T17:30:48.000000+00:00','anne','act48',0,'LineAttributed','{"line":"line","member":"member"}','773f26dcfa73115221e818ca252f727538cbc6a640f1ea9d79b490e2e27c28d7');
INSERT INTO "events" VALUES('conseil-2026-11-22',49,'2026-11-22T17:30:49.000000+00:00','anne','act49',0,'LineMoved','{"item":1,"line":"line"}','eec28a75051d1d12f55bdeb13f578ab1e4c55bfd853b92f766ba0c05b31dc51c');
INSERT INTO "events" VALUES('conseil-2026-11-22',50,'2026-11-22T17:30:50.000000+00:00','anne','act50',0,'LineSplit','{"at":"2026-11-22T17:30:00Z","digest":"digest","line":"line","part":"part","rest":"rest"}','e524fb4fad2aa83429467724f033c0cc34811fdbdbd934e1ecba94216befe3be');
INSERT INTO "events" VALUES('conseil-2026-11-22',51,'2026-11-22T17:30:51.000000+00:00','anne','act51',0,'LinesMerged','{"digest":"digest","into":"into","line":"line"}','d02e929100f372be2354109c9017bff578b597cbfac9ee65a29379243f746fdf');
INSERT INTO "events" VALUES('conseil-2026-11-22',52,'2026-11-22T17:30:52.000000+00:00','anne','act52',0,'ReviewUndone','{"act":1}','09134d1e9c556de2595069b916ab9f64e8a6a5fd60655a0e8c90d61099e8f1cd');
CREATE TABLE people (
	member VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (member)
);
INSERT INTO "people" VALUES('anne','Anne Martin');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	choice VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('ff6df77524bb0e708c089dc2dfcfe6d7','ballot','for');
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
