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
INSERT INTO "events" VALUES('conseil-2026-11-22',1,'2026-11-22T17:30:01.000000+00:00','anne','act1',0,'Planned','{"channel":"channel","council":"council","ends":"2026-11-22T17:30:00Z","following":"2026-11-22T17:30:00Z","items":[{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}],"lang":"fr","place":"place","proxies":[{"giver":"giver","holder":"holder","meetings":1}],"roster":[{"college":"college","member":"member","role":"chair"}],"rules":{"ballots":{"appointments_secret":true,"basis":"cast","casting_vote":true,"eldest":["eldest"],"roll_call":"1/3","secret":"1/3","threshold":"simple","tie":"eldest"},"floor":{"college":1,"cut":true,"member":1,"order":["point-of-order"],"speech":1},"name":"name","proxies":{"held":1,"meetings":1},"quorum":{"proxies":true,"share":"1/3"},"session":{"closed_session":1,"items_on_the_spot":true},"weights":{"weights":1}},"source":"source","starts":"2026-11-22T17:30:00Z","title":"title é","venue":"stage"}','b1a5f6774539519c241393369e882fff909214b2bba8126bec291049a7d9158d');
INSERT INTO "events" VALUES('conseil-2026-11-22',2,'2026-11-22T17:30:02.000000+00:00','anne','act2',0,'Convened','{}','dba49ab3f6e73e157b1c3aa3b843a9817f399a0896c55d08a397317be4489435');
INSERT INTO "events" VALUES('conseil-2026-11-22',3,'2026-11-22T17:30:03.000000+00:00','anne','act3',0,'Arrived','{"member":"member"}','6e7a15d59d4cd8802f62279e1113f5326dc5f2c6c7042ae7a0565626e134abb0');
INSERT INTO "events" VALUES('conseil-2026-11-22',4,'2026-11-22T17:30:04.000000+00:00','anne','act4',0,'Left','{"member":"member"}','ee365139b266775dac9210c7e48fc2c385374cc6acc05bc7774e7fa5d8e9d074');
INSERT INTO "events" VALUES('conseil-2026-11-22',5,'2026-11-22T17:30:05.000000+00:00','anne','act5',0,'ProxyGiven','{"giver":"giver","holder":"holder"}','1c8fd48c1f6e46961a8011ecb6a5183788be1a0d61e6d1d1d639cf8e23da1f2d');
INSERT INTO "events" VALUES('conseil-2026-11-22',6,'2026-11-22T17:30:06.000000+00:00','anne','act6',0,'ProxyAccepted','{"giver":"giver"}','e7b68d71b2180b131d22a996316b622d74b284c7d37ddd1ab2dd03e31b8e9da0');
INSERT INTO "events" VALUES('conseil-2026-11-22',7,'2026-11-22T17:30:07.000000+00:00','anne','act7',0,'ProxyEnded','{"giver":"giver"}','fe43010b3441d728b611a4dbb63688b139d8e1a8ae4953edd74a05792180cb99');
INSERT INTO "events" VALUES('conseil-2026-11-22',8,'2026-11-22T17:30:08.000000+00:00','anne','act8',0,'Opened','{"needed":1,"present":1}','63d6b35b9ff1dbd706aa544ffee2087414d5f0eccfb45edab9ed0ec6b60cd7a6');
INSERT INTO "events" VALUES('conseil-2026-11-22',9,'2026-11-22T17:30:09.000000+00:00','anne','act9',0,'ItemOpened','{"number":1}','82c935da16327afe80e08519eb2942d55d4386e1d3f38129d4159424a8640bd9');
INSERT INTO "events" VALUES('conseil-2026-11-22',10,'2026-11-22T17:30:10.000000+00:00','anne','act10',0,'Adjourned','{}','fe57d524482224e0e94ca2b92c076ad1e837195873e0960b799845fc4e184ee7');
INSERT INTO "events" VALUES('conseil-2026-11-22',11,'2026-11-22T17:30:11.000000+00:00','anne','act11',0,'HandRaised','{"kind":"speech","member":"member","native":true,"to":"to"}','489f749a3fbb0b3cb457daf99c0888f7b8638ab7a2944242234586d6f0f1d657');
INSERT INTO "events" VALUES('conseil-2026-11-22',12,'2026-11-22T17:30:12.000000+00:00','anne','act12',0,'HandLowered','{"member":"member"}','f1ed303e4c391a84cb3963f33416a31948a934f31fe98505cf79f7ef60da547e');
INSERT INTO "events" VALUES('conseil-2026-11-22',13,'2026-11-22T17:30:13.000000+00:00','anne','act13',0,'FloorGiven','{"limit":1,"member":"member"}','39d93583c1f935e2afb086f81fed7b48cd4696e139991f503609fdf4476f339c');
INSERT INTO "events" VALUES('conseil-2026-11-22',14,'2026-11-22T17:30:14.000000+00:00','anne','act14',0,'FloorTaken','{"member":"member"}','b7bcd39f96d390715819e5f2b27b93f29a43b5d5a6ca8a2774546abf352a380b');
INSERT INTO "events" VALUES('conseil-2026-11-22',15,'2026-11-22T17:30:15.000000+00:00','anne','act15',0,'HandSkipped','{"member":"member"}','d4da2a11c63c871ad8c689d728a384c752df3260c38344c9e718a644ade98f23');
INSERT INTO "events" VALUES('conseil-2026-11-22',16,'2026-11-22T17:30:16.000000+00:00','anne','act16',0,'SpeechPutBack','{"member":"member"}','2ab8be2148882ee87cd6e9a3dde2172deae9edb2ffb70cf7313dc16c8da284ee');
INSERT INTO "events" VALUES('conseil-2026-11-22',17,'2026-11-22T17:30:17.000000+00:00','anne','act17',0,'SpeechExtended','{"member":"member","seconds":1}','cc05c6f65ed228822378e5d5163bcb32567750a1cb4dbaf3be42e6253a181d9a');
INSERT INTO "events" VALUES('conseil-2026-11-22',18,'2026-11-22T17:30:18.000000+00:00','anne','act18',0,'TimeUp','{"member":"member"}','a02a4a8742198fcb5f4854025bc69929a0b3c90b975c692d69d829553f2771f3');
INSERT INTO "events" VALUES('conseil-2026-11-22',19,'2026-11-22T17:30:19.000000+00:00','anne','act19',0,'ListClosed','{}','1ded9cb2a0bdc5fea51999b43275bf5b3d46cf496fda6f67ae62af197a605cb6');
INSERT INTO "events" VALUES('conseil-2026-11-22',20,'2026-11-22T17:30:20.000000+00:00','anne','act20',0,'ListReopened','{}','eb4a23f7211c79d70bd6829469e8bfc51beabdd0da958856b99bab05b31d2918');
INSERT INTO "events" VALUES('conseil-2026-11-22',21,'2026-11-22T17:30:21.000000+00:00','anne','act21',0,'BallotAsked','{"manner":"roll-call","member":"member"}','2fa047486050586d077e4b1775f308e35525427bfeb55e667c29d69831a20bfb');
INSERT INTO "events" VALUES('conseil-2026-11-22',22,'2026-11-22T17:30:22.000000+00:00','anne','act22',0,'BallotOpened','{"asked":"roll-call","askers":["askers"],"ballot":"ballot","basis":"cast","candidates":["candidates"],"commitment":"commitment","deadline":"2026-11-22T17:30:00Z","form":"motion","key":"key","motion":"motion é","of":"of","options":["options"],"round":1,"seats":1,"secret":true,"threshold":"simple","waived":true}','d271f11c1aab5ecd22fc31f25e8176bf6ec790fbf12b9ff12b27476fc91ae308');
INSERT INTO "events" VALUES('conseil-2026-11-22',23,'2026-11-22T17:30:23.000000+00:00','anne','act23',0,'BallotCast.2','{"ballot":"ballot","mark":"mark","member":"member","proxy":"proxy","text":"text","weight":1}','671105f9eeee80cd2bf11faf671134c403213b6ebef38b0d75daeda003152402');
INSERT INTO "events" VALUES('conseil-2026-11-22',24,'2026-11-22T17:30:24.000000+00:00','anne','act24',0,'VoteWithdrawn','{"ballot":"ballot","member":"member"}','97757ff05b778659f44d7ff5549804d7dd3cbd093a50e8ef6a244726d841a866');
INSERT INTO "events" VALUES('conseil-2026-11-22',25,'2026-11-22T17:30:25.000000+00:00','anne','act25',0,'UrnOpened','{"ballot":"ballot","slips":[{"mark":"mark","receipt":"receipt"}]}','f70a8e4324a4e7a54d2b6c8b24ee73ff40915fcf0e6ae49bbfc86a90fae2cba0');
INSERT INTO "events" VALUES('conseil-2026-11-22',26,'2026-11-22T17:30:26.000000+00:00','anne','act26',0,'BallotClosed','{"ballot":"ballot","counts":[1],"decision":"decision","elected":[1],"outcome":"adopted","seed":"seed","tally":{"abstain":1,"against":1,"for_":1,"out":1},"total":1,"why":"majority"}','da646d3c221f1a557464cecafb31af360f750a8f319bf9a1a04f4c5606224465');
INSERT INTO "events" VALUES('conseil-2026-11-22',27,'2026-11-22T17:30:27.000000+00:00','anne','act27',0,'BallotAnnulled','{"ballot":"ballot","reason":"reason"}','3d613458380e713b66d84fa9e8dc122a7efb7ba7318506ce43f17ef0108a79b8');
INSERT INTO "events" VALUES('conseil-2026-11-22',28,'2026-11-22T17:30:28.000000+00:00','anne','act28',0,'RecordingStarted','{}','b74a2caedc7cef7a54f615ca4f2cefa098b682ca91ae044360f67041c9b00d9c');
INSERT INTO "events" VALUES('conseil-2026-11-22',29,'2026-11-22T17:30:29.000000+00:00','anne','act29',0,'RecordingInterrupted','{"end":"2026-11-22T17:30:00Z","start":"2026-11-22T17:30:00Z"}','0501fdb4bea27d1935405d4762b862f503be2f6415f870550bb93f90ff39558c');
INSERT INTO "events" VALUES('conseil-2026-11-22',30,'2026-11-22T17:30:30.000000+00:00','anne','act30',0,'RecordingTroubled','{"code":"code"}','adde44c1991e1d99cf7d8c5fbde4672e6936309a6ab7b0bbc27bcf213278f89d');
INSERT INTO "events" VALUES('conseil-2026-11-22',31,'2026-11-22T17:30:31.000000+00:00','anne','act31',0,'RecordingStopped','{}','3d9bfa28fd0e4e69c107925e45ab8f9e07af2a72ce6fe0365ecde44297e1d5be');
INSERT INTO "events" VALUES('conseil-2026-11-22',32,'2026-11-22T17:30:32.000000+00:00','anne','act32',0,'UtteranceRecorded','{"end":"2026-11-22T17:30:00Z","member":"member","start":"2026-11-22T17:30:00Z","utterance":"utterance"}','59342fc22221adfa0c982ac50dd6c311e34b73a4ce3cb55c69ebb18e7813f1e4');
INSERT INTO "events" VALUES('conseil-2026-11-22',33,'2026-11-22T17:30:33.000000+00:00','anne','act33',0,'UtteranceTranscribed','{"digest":"digest","model":"model","utterance":"utterance"}','7f355262ef57b8eb5006c4f71e2159ed61607fbf921604a3d893a3b8b83a8dcc');
INSERT INTO "events" VALUES('conseil-2026-11-22',34,'2026-11-22T17:30:34.000000+00:00','anne','act34',0,'MinutesDrafted','{"digest":"digest"}','bf913d614a78507dc4432ccc2810ae1db8b2efcae3e1c5fec86709b6e9e47e3a');
INSERT INTO "events" VALUES('conseil-2026-11-22',35,'2026-11-22T17:30:35.000000+00:00','anne','act35',0,'Posted','{"ref":"ref","surface":"surface"}','b66ba73757e0910d38855d5b00670ab98c2511a5c8400a9ea9d6a81b521518b6');
INSERT INTO "events" VALUES('conseil-2026-11-22',36,'2026-11-22T17:30:36.000000+00:00','anne','act36',0,'Suspended','{"until":"2026-11-22T17:30:00Z"}','a195ea40cfa425ee8f0aa21a5115e16cd88ffe4dae1c286ba273d8c94a14c60d');
INSERT INTO "events" VALUES('conseil-2026-11-22',37,'2026-11-22T17:30:37.000000+00:00','anne','act37',0,'Resumed','{}','1b6a74f2b9713369621426bd3f23255d4f0d54e32c605072584f2e1e1acd383e');
INSERT INTO "events" VALUES('conseil-2026-11-22',38,'2026-11-22T17:30:38.000000+00:00','anne','act38',0,'ClosedSessionAsked','{"member":"member"}','c3db3ba4af9956e2f7d807147fdd7f3b63b46520cf7a7e468a02a88edf8ae316');
INSERT INTO "events" VALUES('conseil-2026-11-22',39,'2026-11-22T17:30:39.000000+00:00','anne','act39',0,'ClosedSessionPut','{"ballot":"ballot"}','9b8530f507889bff4ddbe95f2cf74cd5488054621cd9f9b97c211817adbc8cc8');
INSERT INTO "events" VALUES('conseil-2026-11-22',40,'2026-11-22T17:30:40.000000+00:00','anne','act40',0,'ClosedSessionBegun','{"ballot":"ballot"}','50f9c73bf21051a17057e451dd48bbae3cf822b1324b5a8911bcf1770a3656da');
INSERT INTO "events" VALUES('conseil-2026-11-22',41,'2026-11-22T17:30:41.000000+00:00','anne','act41',0,'ClosedSessionEnded','{}','235ec3985991ec7dc6df1c652a468e32787c4baed06cd3907f39e2c5f9ff6981');
INSERT INTO "events" VALUES('conseil-2026-11-22',42,'2026-11-22T17:30:42.000000+00:00','anne','act42',0,'ItemMoved','{"before":1,"number":1}','681a20b28d6186ada7ca9f8f746ad9cf185cc725c180ef5a059a16c62135defa');
INSERT INTO "events" VALUES('conseil-2026-11-22',43,'2026-11-22T17:30:43.000000+00:00','anne','act43',0,'ItemWithdrawn','{"number":1}','876e3bc9c539eb4db53671d5b62b54a1deb6c45269cf240a1df7bb988cba315e');
INSERT INTO "events" VALUES('conseil-2026-11-22',44,'2026-11-22T17:30:44.000000+00:00','anne','act44',0,'ItemPostponed','{"number":1}','146caef24432b86492016906601786d812fe52299e92f75bfc5900539bd1ccf1');
INSERT INTO "events" VALUES('conseil-2026-11-22',45,'2026-11-22T17:30:45.000000+00:00','anne','act45',0,'ItemAdded','{"item":{"kind":"kind","minutes":1,"number":1,"rapporteur":"rapporteur","title":"title é"}}','ebd05c3e6609c96686f3b32d5e837de3cb6cd0dcd67d42d8142f694f77c6fc45');
INSERT INTO "events" VALUES('conseil-2026-11-22',46,'2026-11-22T17:30:46.000000+00:00','anne','act46',0,'GavelHanded','{"member":"member"}','c2fedf632d0ff9d8f43aa60fb320d09ed3e5d7331b3ff9eec64d1215ffcb9156');
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
INSERT INTO "secrets" VALUES('running','08342cfb8a372f41b7adac638f19bbe16d70558f8396583f83c6726a265f8803','c27863264b8123df43841cf270bda858c462c42e893ff960d442031a60513a20');
CREATE TABLE urn (
	slip VARCHAR NOT NULL, 
	ballot VARCHAR NOT NULL, 
	sealed VARCHAR NOT NULL, 
	PRIMARY KEY (slip)
)
 WITHOUT ROWID

;
INSERT INTO "urn" VALUES('0ced8891cf789d7e75b65ea30af9e4e9','running','57f8506e8248637c5eec7001f0da9154158342ba39ff42d3563ff0a0e602b734ac817674c53998cad5e8e0ebfa15be4c6ecb1f8a3f62f8008206e80c1ddc62c6fa0069b2c75e30ce29cba17766811db5bf3a9834d4052834cc4b60496498fa01c1775ff05422abda12ec2a2d5dfa11413aa4e23c8a4cca72dbd4c36edf579ebbcc25fbe1660f90a2567b597c3193d5042048cb8a9641b033939bbf59babb3f6bbc6d9416ea0a88930a4ff6b0b60b0dcf793fe549fc3df4866a72f64e59c8a37c23cdce47af59c975ee5d2c317b3ad4ae');
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
